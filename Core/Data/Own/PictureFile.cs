using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Reads one picture, whatever its format, which its first bytes tell.</summary>
internal static class PictureFile
{
    private static readonly string[] Extensions = [".png", ".pgm", ".ppm", ".pnm"];

    private static readonly string[] OtherExtensions = [".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"];

    /// <summary>Whether a file in a class folder counts as a picture: formats that are read, and formats to explain.</summary>
    public static bool LooksLikePicture(string path)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        return Extensions.Contains(extension) || OtherExtensions.Contains(extension);
    }

    /// <exception cref="ProblemException">The file is unreadable, damaged or of another format.</exception>
    public static Picture Read(string path)
    {
        var bytes = DataFile.ReadAll(path);
        if (PngReader.IsPng(bytes))
            return PngReader.Decode(bytes, path);
        if (PortableAnymap.IsAnymap(bytes))
            return PortableAnymap.Decode(bytes, path);
        throw new ProblemException(path, $"This is {Name(bytes)}; PNG, PGM and PPM are read.", "Convert it to PNG.");
    }

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return "an empty file";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]))
            return "a JPEG picture";
        if (bytes.StartsWith("GIF8"u8))
            return "a GIF picture";
        if (bytes.StartsWith("BM"u8))
            return "a BMP picture";
        return bytes.StartsWith("RIFF"u8) ? "a WebP picture" : "no picture of a known format";
    }
}
