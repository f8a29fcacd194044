using System.Buffers.Binary;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>The chunk IHDR of a PNG file.</summary>
internal sealed record PngHeader(int Width, int Height, PngColour Colour)
{
    private const int LargestSide = 65_535;

    public int SamplesPerPixel => Colour switch
    {
        PngColour.GreyAlpha => 2,
        PngColour.Rgb => 3,
        PngColour.Rgba => 4,
        _ => 1,
    };

    /// <exception cref="ProblemException">The header is damaged, or of a kind that is not read.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> data, string where)
    {
        if (data.Length != 13)
            throw PngReader.Damaged(where, "its header has the wrong length");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        if (width is 0 or > LargestSide || height is 0 or > LargestSide)
            throw PngReader.Damaged(where, $"its header declares {width} x {height} pixels");
        if (!Enum.IsDefined((PngColour)data[9]))
            throw PngReader.Damaged(where, $"its header declares the unknown colour type {data[9]}");
        if (data[8] != 8)
            throw NotRead(where, $"it has {data[8]} bits per sample; 8 are read");
        if (data[12] != 0)
            throw NotRead(where, "it is interlaced");
        return new PngHeader((int)width, (int)height, (PngColour)data[9]);
    }

    private static ProblemException NotRead(string where, string why) =>
        new(where, $"This kind of PNG is not read: {why}.", "Convert it to 8 bits per sample, not interlaced.");
}
