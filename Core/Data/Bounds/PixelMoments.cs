namespace Orchestrator.Core.Data;

/// <summary>Statistics of every pixel over the images of a set, from exact integer sums.</summary>
/// <param name="Mean">The mean value of each pixel, in [0, 1].</param>
/// <param name="MeanSquare">The mean square of each pixel, in [0, 1].</param>
/// <param name="Entropy">The mean over images of the sum of the pixels' Bernoulli entropies, in nats.</param>
internal sealed record PixelMoments(double[] Mean, double[] MeanSquare, double Entropy)
{
    public static PixelMoments Of(ImageSet set)
    {
        var size = set.Shape.Pixels;
        var sums = new long[size];
        var squares = new long[size];
        var histogram = new long[256];
        for (var image = 0; image < set.Count; image++)
        {
            var pixels = set.Image(image);
            for (var pixel = 0; pixel < pixels.Length; pixel++)
            {
                var value = pixels[pixel];
                sums[pixel] += value;
                squares[pixel] += value * value;
                histogram[value]++;
            }
        }
        var entropy = histogram.Select((count, value) => count * Bernoulli.Entropy(value / 255.0)).Sum() / set.Count;
        return new PixelMoments(
            Array.ConvertAll(sums, sum => sum / 255.0 / set.Count),
            Array.ConvertAll(squares, sum => sum / (255.0 * 255.0) / set.Count),
            entropy);
    }
}
