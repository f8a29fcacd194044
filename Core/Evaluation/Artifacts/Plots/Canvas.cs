using Orchestrator.Core.Data;

namespace Orchestrator.Core.Evaluation.Artifacts.Plots;

/// <summary>A white RGB picture to draw on. What lies outside is not drawn.</summary>
internal sealed class Canvas
{
    private readonly byte[] _pixels;

    public Canvas(int width, int height)
    {
        (Width, Height) = (width, height);
        _pixels = new byte[3 * width * height];
        _pixels.AsSpan().Fill(255);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>What was drawn.</summary>
    public Picture Picture => new(new ImageShape(3, Height, Width), _pixels);

    /// <summary>Colours one pixel.</summary>
    public void Set(int x, int y, Colour colour)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
            return;
        var (place, plane) = (y * Width + x, Width * Height);
        (_pixels[place], _pixels[plane + place], _pixels[2 * plane + place]) = (colour.Red, colour.Green, colour.Blue);
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int x, int y, int width, int height, Colour colour)
    {
        for (var row = y; row < y + height; row++)
            for (var column = x; column < x + width; column++)
                Set(column, row, colour);
    }

    /// <summary>Draws a filled disc around a pixel.</summary>
    public void Dot(int x, int y, int radius, Colour colour)
    {
        for (var row = -radius; row <= radius; row++)
            for (var column = -radius; column <= radius; column++)
                if (row * row + column * column <= radius * radius + 1)
                    Set(x + column, y + row, colour);
    }

    /// <summary>Draws an image <c>[channels, height, width]</c> with its corner at a pixel, in a frame of a colour.</summary>
    public void Image(int x, int y, ImageShape shape, ReadOnlySpan<byte> image, Colour frame)
    {
        Fill(x - 1, y - 1, shape.Width + 2, shape.Height + 2, frame);
        var plane = shape.Height * shape.Width;
        for (var i = 0; i < plane; i++)
        {
            var colour = shape.Channels >= 3
                ? new Colour(image[i], image[plane + i], image[2 * plane + i])
                : new Colour(image[i], image[i], image[i]);
            Set(x + i % shape.Width, y + i / shape.Width, colour);
        }
    }

    /// <summary>Writes a number from a corner on, in cells of so many pixels; returns its width.</summary>
    public int Number(int x, int y, string number, int cell, Colour colour)
    {
        for (var place = 0; place < number.Length; place++)
            for (var row = 0; row < NumberFont.Height; row++)
                for (var column = 0; column < NumberFont.Width; column++)
                    if (NumberFont.IsInked(number[place], row, column))
                        Fill(x + (place * (NumberFont.Width + 1) + column) * cell, y + row * cell, cell, cell, colour);
        return WidthOf(number, cell);
    }

    /// <summary>The pixels that a number is wide.</summary>
    public static int WidthOf(string number, int cell) => (number.Length * (NumberFont.Width + 1) - 1) * cell;
}
