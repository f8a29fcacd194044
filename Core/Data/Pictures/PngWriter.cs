using System.Buffers.Binary;
using System.IO.Compression;

namespace Orchestrator.Core.Data;

/// <summary>Writes 8-bit grey and RGB pictures as PNG (ISO/IEC 15948). The same picture gives the same bytes.</summary>
public static class PngWriter
{
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>The PNG file of a picture.</summary>
    /// <exception cref="ArgumentException">The picture has neither one nor three channels.</exception>
    public static byte[] Encode(Picture picture)
    {
        var (channels, height, width) = picture.Shape;
        if (channels is not (1 or 3))
            throw new ArgumentException($"A PNG is written for 1 or 3 channels, not {channels}.", nameof(picture));
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? PngColour.Grey : PngColour.Rgb);
        header[10..].Clear();
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(Scanlines(picture)));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Rows of interleaved samples, each after the byte that says that it is not filtered.</summary>
    private static byte[] Scanlines(Picture picture)
    {
        var (channels, height, width) = picture.Shape;
        var pixels = picture.Pixels.Span;
        var stride = 1 + width * channels;
        var lines = new byte[height * stride];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
                for (var channel = 0; channel < channels; channel++)
                    lines[row * stride + 1 + column * channels + channel] =
                        pixels[(channel * height + row) * width + column];
        return lines;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, CompressionLevel.Optimal))
            stream.Write(bytes);
        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngChecksum.Of(type, data));
        file.Write(number);
    }
}
