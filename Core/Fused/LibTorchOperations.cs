using Orchestrator.LibTorch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Fused;

/// <summary>The single passes of the provider <c>system</c>; compiled with that provider only.</summary>
internal sealed class LibTorchOperations : TensorOperations
{
    // Of the C heap, which has what is too small for a block of its own: above what a step frees there.
    private const int KeptMegabytes = 256;

    public LibTorchOperations()
    {
        TorchRuntime.KeepFreedMemory(KeptMegabytes);
        TorchRuntime.ReleaseLoadingPages();
    }

    public override Tensor BernoulliNegativeLogLikelihood(Tensor logits, Tensor images) =>
        FusedFunctions.Take(logits, images) && !images.requires_grad
            ? FusedFunctions.BernoulliNegativeLogLikelihood(logits, images)
            : base.BernoulliNegativeLogLikelihood(logits, images);

    public override Tensor Sigmoid(Tensor x) => FusedFunctions.Take(x, x) ? FusedFunctions.Sigmoid(x) : base.Sigmoid(x);

    public override Tensor BinaryCrossEntropy(Tensor logits, double target) =>
        FusedFunctions.Take(logits, logits)
            ? FusedFunctions.BinaryCrossEntropy(logits, target)
            : base.BinaryCrossEntropy(logits, target);

    public override Tensor DivergenceFromStandardNormal(Tensor mean, Tensor logVariance) =>
        FusedFunctions.Take(mean, logVariance) && mean.dim() == 2
            ? FusedFunctions.DivergenceFromStandardNormal(mean, logVariance)
            : base.DivergenceFromStandardNormal(mean, logVariance);

    public override Tensor GatherImages(Tensor pixels, Tensor indices) =>
        pixels.device.type == DeviceType.CPU
            ? FusedFunctions.GatherImages(pixels, indices)
            : base.GatherImages(pixels, indices);

    public override Tensor OfBytes(ReadOnlyMemory<byte> bytes, long[] shape) => ForeignMemory.Over(bytes, shape);

    public override void LimitThreads(int count)
    {
        base.LimitThreads(count);
        TorchRuntime.BlasThreads = count;
    }

    protected override void ReleaseNativeMemory() => TorchRuntime.ReleaseFreedMemory();

    public override ConvTranspose2d Tune(ConvTranspose2d layer)
    {
        FusedFunctions.DifferentiateByConvolutions(layer);
        return layer;
    }
}

internal partial class TensorOperations
{
    static partial void Choose(ref TensorOperations operations) => operations = new LibTorchOperations();
}
