using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>The logarithm of a diagonal Gaussian's density.</summary>
internal static class GaussianDensity
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>log N(z; μ, σ²) summed over the last dimension, in nats; the tensors are broadcast against each other.</summary>
    public static Tensor Log(Tensor codes, Tensor mean, Tensor logVariance) =>
        ((codes - mean).square() * (-logVariance).exp() + logVariance + LogTwoPi).sum(-1) * -0.5;

    /// <summary>log N(z; 0, I) summed over the last dimension, in nats.</summary>
    public static Tensor LogStandard(Tensor codes) => (codes.square() + LogTwoPi).sum(-1) * -0.5;
}
