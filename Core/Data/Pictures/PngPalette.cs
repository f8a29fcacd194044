using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Data;

/// <summary>Turns PNG samples into grey or RGB: looks up palettes and blends transparency over black.</summary>
internal sealed class PngPalette
{
    private byte[] colours = [];
    private byte[] transparency = [];

    public void SetColours(byte[] chunk) => colours = chunk;

    public void SetTransparency(byte[] chunk) => transparency = chunk;

    /// <summary>The picture of unfiltered rows, each after its filter byte.</summary>
    /// <exception cref="ProblemException">A pixel has a colour that the palette lacks.</exception>
    public Picture ToPicture(PngHeader header, ReadOnlySpan<byte> lines, string where)
    {
        var grey = header.Colour is PngColour.Grey or PngColour.GreyAlpha || header.Colour == PngColour.Palette && IsGrey();
        var shape = new ImageShape(grey ? 1 : 3, header.Height, header.Width);
        var samples = new byte[shape.Pixels];
        var stride = header.Width * header.SamplesPerPixel;
        var at = 0;
        for (var start = 1; start < lines.Length; start += stride + 1)
        {
            var row = lines.Slice(start, stride);
            for (var i = 0; i < stride; i += header.SamplesPerPixel, at += shape.Channels)
                Convert(header.Colour, row.Slice(i, header.SamplesPerPixel), samples.AsSpan(at, shape.Channels), where);
        }
        return Picture.FromInterleaved(shape, samples);
    }

    private void Convert(PngColour colour, ReadOnlySpan<byte> pixel, Span<byte> result, string where)
    {
        if (colour == PngColour.Palette)
        {
            var entry = pixel[0] * 3;
            if (entry + 3 > colours.Length)
                throw PngReader.Damaged(where, $"a pixel has colour {pixel[0]} of a palette of {colours.Length / 3}");
            Blend(colours.AsSpan(entry, result.Length), pixel[0] < transparency.Length ? transparency[pixel[0]] : 255, result);
        }
        else if (colour is PngColour.GreyAlpha or PngColour.Rgba)
        {
            Blend(pixel[..^1], pixel[^1], result);
        }
        else
        {
            Blend(pixel, IsTransparentColour(pixel) ? 0 : 255, result);
        }
    }

    /// <summary>In grey and RGB pictures the chunk tRNS names one colour, as 16-bit samples, that is transparent.</summary>
    private bool IsTransparentColour(ReadOnlySpan<byte> pixel)
    {
        if (transparency.Length != 2 * pixel.Length)
            return false;
        for (var i = 0; i < pixel.Length; i++)
        {
            if (transparency[2 * i + 1] != pixel[i])
                return false;
        }
        return true;
    }

    private bool IsGrey() => colours.Chunk(3).All(colour => colour.Distinct().Count() == 1);

    private static void Blend(ReadOnlySpan<byte> colour, int alpha, Span<byte> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = (byte)((colour[i] * alpha + 127) / 255);
    }
}
