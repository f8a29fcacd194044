using Orchestrator.LibTorch.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.LibTorch;

/// <summary>
/// Functions that TorchSharp has only as chains of operators, or does slowly. CPU and float32 only. Their sums round
/// differently from the operators', always in the same way.
/// </summary>
public static class FusedFunctions
{
    /// <summary>True for a pair of tensors that these functions take: float32, on the CPU, of one shape.</summary>
    public static unsafe bool Take(Tensor left, Tensor right)
    {
        int result;
        Check.Done(Native.ot_fused_applies(left.Handle, right.Handle, &result), left, right);
        return result != 0;
    }

    /// <summary>Σ softplus(l) − l·x of each row: <c>[batch, ...]</c> twice → <c>[batch]</c>. Differentiable once, in the logits.</summary>
    public static Tensor BernoulliNegativeLogLikelihood(Tensor logits, Tensor images) =>
        Check.Own(Native.ot_fused_bernoulli(logits.Handle, images.Handle), logits, images);

    /// <summary>1 / (1 + exp(−x)) of each number.</summary>
    public static Tensor Sigmoid(Tensor x) => Check.Own(Native.ot_fused_sigmoid(x.Handle), x);

    /// <summary>The mean of softplus(l) − l·t over all logits: a number. Differentiable once.</summary>
    public static Tensor BinaryCrossEntropy(Tensor logits, double target) => Check.Own(Native.ot_fused_cross_entropy(logits.Handle, target), logits);

    /// <summary>½ Σ μ² + σ² − log σ² − 1 of each row: <c>[batch, latent]</c> twice → <c>[batch]</c>. Differentiable once.</summary>
    public static Tensor DivergenceFromStandardNormal(Tensor mean, Tensor logVariance) =>
        Check.Own(Native.ot_fused_divergence(mean.Handle, logVariance.Handle), mean, logVariance);

    /// <summary>Chosen images of bytes <c>[count, ...]</c>, scaled to 0..1: <c>[chosen, ...]</c>, float32.</summary>
    public static Tensor GatherImages(Tensor images, Tensor indices) =>
        Check.Own(Native.ot_fused_gather(images.Handle, indices.Handle), images, indices);

    /// <summary>Lets a transposed convolution take its gradients from convolutions, where it runs on the CPU in float32.</summary>
    public static void DifferentiateByConvolutions(ConvTranspose2d layer) => layer.IsDifferentiatedByConvolutions = true;
}
