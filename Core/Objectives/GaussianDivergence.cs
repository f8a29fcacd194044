using Orchestrator.Core.Fused;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>Kullback-Leibler divergence of a diagonal Gaussian from the standard normal.</summary>
internal static class GaussianDivergence
{
    /// <summary>
    /// −½ Σ (1 + log σ² − μ² − σ²) of each image, <c>[batch]</c>, in nats (Kingma and Welling 2014, appendix B).
    /// </summary>
    /// <param name="mean">μ, <c>[batch, latent]</c>.</param>
    /// <param name="logVariance">log σ², <c>[batch, latent]</c>.</param>
    public static Tensor FromStandardNormal(Tensor mean, Tensor logVariance) =>
        TensorOperations.Current.DivergenceFromStandardNormal(mean, logVariance);

    /// <summary>The same for each latent dimension, <c>[batch, latent]</c>.</summary>
    public static Tensor PerDimension(Tensor mean, Tensor logVariance) =>
        (mean.square() + logVariance.exp() - logVariance - 1.0) * 0.5;
}
