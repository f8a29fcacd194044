namespace Orchestrator.Core.Data;

/// <summary>Lays images of one shape out as a grid, for people to look at.</summary>
public static class ImageSheet
{
    /// <summary>
    /// Fills the grid row by row from <paramref name="images"/> <c>[count, channels, height, width]</c>; the last row may
    /// stay incomplete. Every image has <paramref name="padding"/> pixels of the background around it.
    /// </summary>
    /// <exception cref="ArgumentException">The bytes are no whole images, or there is no image or column.</exception>
    public static Picture Compose(
        ImageShape shape, ReadOnlySpan<byte> images, int columns, int padding = 2, byte background = 64)
    {
        if (images.Length == 0 || images.Length % shape.Pixels != 0)
            throw new ArgumentException($"{images.Length} bytes are no whole images of {shape}.", nameof(images));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        var count = images.Length / shape.Pixels;
        var (channels, height, width) = shape;
        var rows = (count + columns - 1) / columns;
        var sheet = new ImageShape(
            channels, padding + rows * (height + padding), padding + columns * (width + padding));
        var pixels = new byte[sheet.Pixels];
        pixels.AsSpan().Fill(background);
        for (var image = 0; image < count; image++)
        {
            var (row, column) = Math.DivRem(image, columns);
            var (top, left) = (padding + row * (height + padding), padding + column * (width + padding));
            for (var line = 0; line < channels * height; line++)
            {
                var (channel, y) = Math.DivRem(line, height);
                var source = images.Slice(image * shape.Pixels + line * width, width);
                source.CopyTo(pixels.AsSpan((channel * sheet.Height + top + y) * sheet.Width + left));
            }
        }
        return new Picture(sheet, pixels);
    }

    /// <summary>
    /// Shows images above their counterparts, for example originals above reconstructions: rows of
    /// <paramref name="columns"/> images of the first set alternate with rows of the second.
    /// </summary>
    /// <exception cref="ArgumentException">The sets differ in length.</exception>
    public static Picture ComposePairs(
        ImageShape shape, ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int columns, int padding = 2)
    {
        if (upper.Length != lower.Length)
            throw new ArgumentException($"{upper.Length} and {lower.Length} bytes make no pairs.", nameof(lower));
        var block = columns * shape.Pixels;
        if (upper.Length % block != 0)
            throw new ArgumentException($"The pairs fill no whole rows of {columns}.", nameof(columns));
        var woven = new byte[upper.Length * 2];
        for (var start = 0; start < upper.Length; start += block)
        {
            upper.Slice(start, block).CopyTo(woven.AsSpan(2 * start));
            lower.Slice(start, block).CopyTo(woven.AsSpan(2 * start + block));
        }
        return Compose(shape, woven, columns, padding);
    }
}
