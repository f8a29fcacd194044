using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Readings;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>
/// Small pictures of the sampled test images on one sheet, in the order of the latent file, without gaps: at most 32 pixels a
/// side, 16 levels of each colour. The same data give the same sheet for every trial, so that a page needs it once.
/// </summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Tile">The shape of one picture.</param>
/// <param name="Count">How many there are: the first images of the sample.</param>
internal sealed record Thumbnails(Picture Sheet, ImageShape Tile, int Count)
{
    /// <summary>Pictures in a row of the sheet.</summary>
    public const int Columns = 25;

    private const int LargestSide = 32;
    private const int Levels = 16;
    private const int MostBytes = 1_200_000;

    /// <summary>The sheet of the first images; fewer where they are large.</summary>
    public static Thumbnails Of(LatentSnapshot snapshot, int most)
    {
        var shape = snapshot.Shape;
        var factor = (Math.Max(shape.Height, shape.Width) + LargestSide - 1) / LargestSide;
        var tile = new ImageShape(shape.Channels, shape.Height / factor, shape.Width / factor);
        var count = Math.Min(Math.Min(most, snapshot.Count), Math.Max(1, MostBytes / tile.Pixels));
        var pixels = new byte[count * tile.Pixels];
        for (var image = 0; image < count; image++)
            Shrink(snapshot.Images.AsSpan(image * shape.Pixels, shape.Pixels), shape, tile, factor, pixels.AsSpan(image * tile.Pixels, tile.Pixels));
        return new(ImageSheet.Compose(tile, pixels, Columns, padding: 0), tile, count);
    }

    private static void Shrink(ReadOnlySpan<float> image, ImageShape shape, ImageShape tile, int factor, Span<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            var (channel, place) = Math.DivRem(i, tile.Height * tile.Width);
            var (row, column) = Math.DivRem(place, tile.Width);
            double sum = 0;
            for (var y = 0; y < factor; y++)
                for (var x = 0; x < factor; x++)
                    sum += image[(channel * shape.Height + row * factor + y) * shape.Width + column * factor + x];
            pixels[i] = (byte)(Math.Round(sum / (factor * factor) * (Levels - 1)) * (255 / (Levels - 1)));
        }
    }
}
