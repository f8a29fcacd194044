using MathNet.Numerics.LinearAlgebra;

namespace Orchestrator.Core.Data;

/// <summary>What the best linear code of a given size reaches: a point of the PCA line.</summary>
/// <param name="Components">Number of linear latents.</param>
/// <param name="ExplainedVariance">Share of the training images' variance.</param>
/// <param name="Mse">Mean squared error per pixel on the test images, pixels in [0, 1].</param>
/// <param name="Bce">Cross-entropy in nats per test image, reconstructions clipped to [1e-4, 1 - 1e-4].</param>
public sealed record PcaPoint(int Components, double ExplainedVariance, double Mse, double Bce);

/// <summary>
/// The PCA line of a data set: fitted to the training images, measured on the test images. A non-linear autoencoder with
/// as many latents must reach a lower squared error.
/// </summary>
public static class PcaLine
{
    /// <summary>The covariance is decomposed whole, which takes too long for larger images.</summary>
    public const int LargestImage = 1024;

    /// <summary>The points for the given numbers of components, ascending.</summary>
    /// <exception cref="ArgumentException">Images have more than 1,024 values, or a number of components is impossible.</exception>
    public static IReadOnlyList<PcaPoint> Compute(Dataset dataset, IReadOnlyList<int> components)
    {
        var size = dataset.Shape.Pixels;
        if (size > LargestImage)
            throw new ArgumentException($"Images have {size} values; at most {LargestImage} are decomposed.", nameof(dataset));
        if (components.Any(k => k < 1 || k > size))
            throw new ArgumentException($"Components must lie between 1 and {size}.", nameof(components));
        var mean = PixelMoments.Of(dataset.Train).Mean;
        var decomposition = PixelCovariance.Compute(dataset.Train, mean).Evd(Symmetricity.Symmetric);
        // MathNet sorts eigenvalues ascending.
        var values = decomposition.EigenValues.Select(value => value.Real).Reverse().ToArray();
        var largest = components.Max();
        var vectors = Enumerable.Range(0, largest)
            .Select(k => decomposition.EigenVectors.Column(size - 1 - k).ToArray()).ToArray();
        var total = values.Sum();
        var errors = PcaReconstruction.Measure(dataset.Test, mean, vectors, [.. components.Order()]);
        return
        [
            .. errors.Select(error => new PcaPoint(
                error.Components, values.Take(error.Components).Sum() / total, error.Sse / size, error.Bce)),
        ];
    }
}
