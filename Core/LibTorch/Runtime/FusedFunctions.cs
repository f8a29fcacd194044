using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace Orchestrator.LibTorch;

/// <summary>
/// Functions that TorchSharp has only as chains of operators, each in one pass over memory, with its gradient. CPU and
/// float32 only; there is no gradient of a gradient. Their sums round differently from the chains', always the same way.
/// </summary>
public static class FusedFunctions
{
    /// <summary>True for a tensor that these functions take.</summary>
    public static unsafe bool Take(Tensor tensor)
    {
        int result;
        Check.Done(Native.ot_fused_applies(tensor.Handle, &result), tensor);
        return result != 0;
    }

    /// <summary>Σ softplus(l) − l·x of each row: <c>[batch, ...]</c> twice → <c>[batch]</c>. Differentiable in the logits.</summary>
    public static Tensor BernoulliNegativeLogLikelihood(Tensor logits, Tensor images) =>
        Check.Own(Native.ot_fused_bernoulli(logits.Handle, images.Handle), logits, images);

    /// <summary>½ Σ μ² + σ² − log σ² − 1 of each row: <c>[batch, latent]</c> twice → <c>[batch]</c>.</summary>
    public static Tensor DivergenceFromStandardNormal(Tensor mean, Tensor logVariance) =>
        Check.Own(Native.ot_fused_divergence(mean.Handle, logVariance.Handle), mean, logVariance);

    /// <summary>Chosen images of bytes <c>[count, ...]</c>, scaled to 0..1: <c>[chosen, ...]</c>, float32.</summary>
    public static Tensor GatherImages(Tensor images, Tensor indices) =>
        Check.Own(Native.ot_fused_gather(images.Handle, indices.Handle), images, indices);
}
