using System.Buffers.Binary;

namespace Orchestrator.Core.Data;

/// <summary>Expands bits to pixels of 0 and 255, eight at a time.</summary>
internal static class PixelBits
{
    private static readonly ulong[] EightPixels = [.. Enumerable.Range(0, 256).Select(Expand)];

    /// <summary>Fills a line of at most 64 pixels; the leftmost is the most significant bit.</summary>
    public static void Expand(ulong bits, Span<byte> line)
    {
        for (; line.Length >= 8; line = line[8..], bits <<= 8)
            BinaryPrimitives.WriteUInt64BigEndian(line, EightPixels[bits >> 56]);
        for (; line.Length > 0; line = line[1..], bits <<= 1)
            line[0] = (byte)((long)bits >> 63);
    }

    private static ulong Expand(int bits)
    {
        ulong pixels = 0;
        for (var bit = 7; bit >= 0; bit--)
            pixels = pixels << 8 | ((bits >> bit & 1) == 0 ? 0UL : 255UL);
        return pixels;
    }
}
