using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Fused;

/// <summary>
/// The chains of operators that training spends its time in, by name. Here they stand as TorchSharp's operators, which
/// every provider and device has; a provider that can do one in a single pass overrides it.
/// </summary>
internal partial class TensorOperations
{
    // A collection takes some milliseconds: epochs that leave little are not followed by one.
    private const long WorthCollecting = 8 << 20;

    private long _allocatedAtRelease;

    /// <summary>The operators themselves.</summary>
    public static TensorOperations Plain { get; } = new();

    /// <summary>The fastest that the provider has. Assigned by tests that compare.</summary>
    public static TensorOperations Current { get; set; } = OfProvider();

    /// <summary>Σ softplus(l) − l·x of each image, <c>[batch]</c>, in nats.</summary>
    public virtual Tensor BernoulliNegativeLogLikelihood(Tensor logits, Tensor images) =>
        (nn.functional.softplus(logits) - logits * images).flatten(1).sum(1);

    /// <summary>1 / (1 + exp(−x)) of each number.</summary>
    public virtual Tensor Sigmoid(Tensor x) => x.sigmoid();

    /// <summary>The mean of softplus(l) − l·t over all logits, which share the target t: a number, in nats.</summary>
    public virtual Tensor BinaryCrossEntropy(Tensor logits, double target) => (nn.functional.softplus(logits) - logits * target).mean();

    /// <summary>½ Σ μ² + σ² − log σ² − 1 of each image, <c>[batch]</c>, in nats.</summary>
    public virtual Tensor DivergenceFromStandardNormal(Tensor mean, Tensor logVariance) =>
        (mean.square() + logVariance.exp() - logVariance - 1.0).sum(1) * 0.5;

    /// <summary>The images at some indices, as numbers from 0 to 1: bytes <c>[count, c, h, w]</c> → <c>[batch, c, h, w]</c>.</summary>
    public virtual Tensor GatherImages(Tensor pixels, Tensor indices) =>
        pixels.index_select(0, indices).to(ScalarType.Float32).div_((Scalar)255.0);

    /// <summary>Bytes as a tensor on the CPU. It may lie over the bytes themselves, which must not change then.</summary>
    public virtual Tensor OfBytes(ReadOnlyMemory<byte> bytes, long[] shape)
    {
        var copy = empty(shape, dtype: ScalarType.Byte, device: CPU);
        bytes.Span.CopyTo(copy.bytes);
        return copy;
    }

    /// <summary>Threads of one operator, and of the libraries that it calls.</summary>
    public virtual void LimitThreads(int count) => set_num_threads(count);

    /// <summary>
    /// Gives the memory that was freed back to the system. Called between stages of a training, which need different amounts:
    /// what a stage leaves on the managed heap would otherwise stay there, below every limit of the garbage collector's.
    /// </summary>
    public void ReleaseFreedMemory()
    {
        if (GC.GetTotalAllocatedBytes() - _allocatedAtRelease > WorthCollecting)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _allocatedAtRelease = GC.GetTotalAllocatedBytes();
        }
        ReleaseNativeMemory();
    }

    /// <summary>Gives back what tensors left.</summary>
    protected virtual void ReleaseNativeMemory()
    {
    }

    /// <summary>The same layer, with whatever makes it faster here.</summary>
    public virtual ConvTranspose2d Tune(ConvTranspose2d layer) => layer;

    private static TensorOperations OfProvider()
    {
        var operations = Plain;
        Choose(ref operations);
        return operations;
    }

    /// <summary>Implemented where a provider has more to offer.</summary>
    static partial void Choose(ref TensorOperations operations);
}
