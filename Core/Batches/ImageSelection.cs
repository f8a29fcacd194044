using static TorchSharp.torch;

namespace Orchestrator.Core.Batches;

/// <summary>Some images of a set, in an order.</summary>
internal sealed class ImageSelection(DeviceImages images, Tensor indices, int count) : IDisposable
{
    /// <summary>How many images.</summary>
    public int Count => count;

    /// <summary>How many batches of a size; the last may be shorter.</summary>
    public int Batches(int size) => (count + size - 1) / size;

    /// <summary>The places of the images in their set, <c>[count]</c>, int64, in the order of the selection.</summary>
    public Tensor Indices => indices;

    /// <summary>The images at some places of the set, whatever the selection's own are.</summary>
    public Batch At(Tensor chosen, int size) => images.Gather(chosen, size);

    /// <summary>A batch of a size, from 0; its tensors belong to the caller's scope.</summary>
    public Batch Batch(int index, int size) =>
        images.Gather(indices, (long)index * size, Math.Min(size, count - index * size));

    public void Dispose() => indices.Dispose();
}
