using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation.Images;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>How near the reconstructions are to the images.</summary>
internal static class ImageFigures
{
    /// <summary>Windows of structural similarity are slow to slide: it is measured on so many of the images.</summary>
    private const int Compared = 500;

    /// <summary>Equal images would be infinitely good.</summary>
    private const double BestDecibels = 100;

    public static readonly ReadingMeasure SignalToNoise = new(
        "psnr.mean.n2000", "dB", MetricDirection.Maximize,
        "mean peak signal-to-noise ratio of the reconstructions at the posterior mean, at most 100 dB each; 2,000 fixed test images", Most: BestDecibels);

    public static readonly ReadingMeasure Similarity = new(
        "ssim.mean.n500", "structural similarity", MetricDirection.Maximize,
        "mean structural similarity of image and reconstruction at the posterior mean, Gaussian window 11x11 (Wang et al. 2004), channels averaged; 500 fixed test images", -1, 1);

    public static readonly ReadingMeasure Reconstruction = new(
        "reconstruction.mean.n2000", "nats per image", MetricDirection.Minimize,
        "−log p(x|z), summed over pixels, at the posterior mean z = E[z|x], where test/reconstruction takes one sample; 2,000 fixed test images");

    public static readonly ReadingMeasure SquaredError = new(
        "mse.mean.n2000", "squared error per pixel", MetricDirection.Minimize,
        "mean of (x − E[x|z])² at the posterior mean z = E[z|x], of images without noise; 2,000 fixed test images", Least: 0);

    /// <summary>All of them.</summary>
    public static readonly ReadingMeasure[] All = [Reconstruction, SquaredError, SignalToNoise, Similarity];

    /// <summary>The figures; no structural similarity where images are smaller than its window.</summary>
    public static IEnumerable<(ReadingMeasure Measure, double Value)> Of(LatentSnapshot snapshot)
    {
        var pixels = snapshot.Shape.Pixels;
        var decibels = Enumerable.Range(0, snapshot.Count)
            .Select(i => Images.SignalToNoise.Peak(Slice(snapshot.Images, i, pixels), Slice(snapshot.Reconstructions, i, pixels)))
            .ToArray();
        // An image's error follows from its ratio: 10^(-dB/10).
        yield return (Reconstruction, snapshot.MeanCodeReconstruction);
        yield return (SquaredError, decibels.Average(value => Math.Pow(10, -value / 10)));
        yield return (SignalToNoise, decibels.Average(value => Math.Min(value, BestDecibels)));
        if (Math.Min(snapshot.Shape.Height, snapshot.Shape.Width) >= StructuralSimilarity.Size)
            yield return (Similarity, MeanSimilarity(snapshot));
    }

    private static double MeanSimilarity(LatentSnapshot snapshot)
    {
        var (height, width) = (snapshot.Shape.Height, snapshot.Shape.Width);
        var planes = Math.Min(Compared, snapshot.Count) * snapshot.Shape.Channels;
        return Enumerable.Range(0, planes).Average(plane => StructuralSimilarity.Of(
            Slice(snapshot.Images, plane, height * width), Slice(snapshot.Reconstructions, plane, height * width), height, width));
    }

    private static ReadOnlySpan<float> Slice(float[] values, int index, int length) => values.AsSpan(index * length, length);
}
