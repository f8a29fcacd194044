using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>
/// Reads PNG pictures of 8 bits per sample, not interlaced: grey, RGB, palette, each with or without transparency.
/// Transparent pixels are blended over black, the background of MNIST's kind of image.
/// </summary>
public static class PngReader
{
    private const string Convert = "Convert the picture to PNG with 8 bits per sample, not interlaced.";

    /// <summary>Whether bytes start as a PNG file does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(PngWriter.Signature);

    /// <summary>Decodes a PNG file.</summary>
    /// <exception cref="ProblemException">The file is damaged or of a kind that is not read.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, string where)
    {
        if (!IsPng(file))
            throw Damaged(where, "it does not start with PNG's signature");
        var header = default(PngHeader);
        var palette = new PngPalette();
        using var compressed = new MemoryStream();
        for (var rest = file[8..]; ;)
        {
            var (type, data) = NextChunk(ref rest, where);
            if (header is null && type != "IHDR")
                throw Damaged(where, "the chunk IHDR is not the first");
            switch (type)
            {
                case "IHDR": header = PngHeader.Parse(data, where); break;
                case "PLTE": palette.SetColours(data); break;
                case "tRNS": palette.SetTransparency(data); break;
                case "IDAT": compressed.Write(data); break;
                case "IEND": return Assemble(header!, palette, compressed, where);
                default:
                    if (char.IsAsciiLetterUpper(type[0]))
                        throw new ProblemException(where, $"The PNG needs an extension that is not known here: {type}.", Convert);
                    break;
            }
        }
    }

    private static (string Type, byte[] Data) NextChunk(ref ReadOnlySpan<byte> rest, string where)
    {
        if (rest.Length < 12)
            throw Damaged(where, "it ends before its last chunk");
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - 12)
            throw Damaged(where, "it ends inside a chunk");
        var type = rest.Slice(4, 4);
        var data = rest.Slice(8, (int)length);
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]) != PngChecksum.Of(type, data))
            throw Damaged(where, $"the checksum of its chunk {Encoding.ASCII.GetString(type)} is wrong");
        rest = rest[(12 + (int)length)..];
        return (Encoding.ASCII.GetString(type), data.ToArray());
    }

    private static Picture Assemble(PngHeader header, PngPalette palette, MemoryStream compressed, string where)
    {
        var stride = header.Width * header.SamplesPerPixel;
        var expected = (long)header.Height * (stride + 1);
        if (expected > (compressed.Length + 64) * ContentStream.MaximumExpansion || expected > Array.MaxLength)
            throw Damaged(where, $"its header declares {header.Width} x {header.Height} pixels, more than its data can hold");
        var lines = new byte[expected];
        compressed.Position = 0;
        try
        {
            using var stream = new ZLibStream(compressed, CompressionMode.Decompress);
            if (stream.ReadAtLeast(lines, lines.Length, throwOnEndOfStream: false) < lines.Length)
                throw Damaged(where, "its pixel data is truncated");
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(where, $"its compression is broken: {exception.Message}");
        }
        if (PngFilter.Undo(lines, stride, header.SamplesPerPixel) is { } unknown)
            throw Damaged(where, $"a row has the unknown filter {unknown}");
        return palette.ToPicture(header, lines, where);
    }

    internal static ProblemException Damaged(string where, string what) =>
        new(where, $"The PNG is damaged: {what}.", "Save or fetch the picture again.");
}
