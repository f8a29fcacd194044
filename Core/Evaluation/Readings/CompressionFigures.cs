using Orchestrator.Core.Contracts;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>
/// The length of the code that bits-back coding with the model would give (Townsend, Bird and Barber 2019): the negative
/// ELBO in bits per pixel. A density is charged for the 255 steps between the levels of a pixel.
/// </summary>
internal static class CompressionFigures
{
    public static readonly ReadingMeasure Bernoulli = new(
        "bits_per_pixel.bernoulli", "bits per pixel", MetricDirection.Minimize,
        "negative ELBO over pixels × ln 2; a code length for black and white pixels, a score for grey ones; all test images", Least: 0);

    public static readonly ReadingMeasure Gaussian = new(
        "bits_per_pixel.gaussian255", "bits per pixel", MetricDirection.Minimize,
        "negative ELBO of the density over pixels × ln 2, plus log2 255 for the steps between grey levels; all test images");

    public static readonly ReadingMeasure ContinuousBernoulli = new(
        "bits_per_pixel.continuous_bernoulli255", "bits per pixel", MetricDirection.Minimize,
        "negative ELBO of the density on 0 to 1 over pixels × ln 2, plus log2 255 for the steps between grey levels; all test images");

    /// <summary>All of them.</summary>
    public static readonly ReadingMeasure[] All = [Bernoulli, Gaussian, ContinuousBernoulli];

    /// <summary>The figure of an ELBO in nats per image; none for likelihoods without a protocol.</summary>
    public static IEnumerable<(ReadingMeasure Measure, double Value)> Of(double elbo, int pixels, Likelihood likelihood)
    {
        var bits = -elbo / (pixels * Math.Log(2));
        return likelihood switch
        {
            BernoulliLikelihood => [(Bernoulli, bits)],
            ContinuousBernoulliLikelihood => [(ContinuousBernoulli, bits + Math.Log2(255))],
            GaussianLikelihood or LearnedGaussianLikelihood => [(Gaussian, bits + Math.Log2(255))],
            _ => [],
        };
    }
}
