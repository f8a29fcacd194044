using Orchestrator.Core.Data;
using Orchestrator.Core.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Batches;

/// <summary>A set of images that lies as bytes on the training device and is gathered and scaled there, batch by batch.</summary>
internal sealed class DeviceImages : IDisposable
{
    private readonly Tensor _pixels;
    private readonly Tensor? _labels;
    private readonly Device _device;

    /// <summary>Brings a set to a device, once; on the CPU it may stay where it is.</summary>
    public DeviceImages(ImageSet images, Device device)
    {
        using var scope = NewDisposeScope();
        var shape = images.Shape;
        _device = device;
        var pixels = TensorOperations.Current.OfBytes(images.Pixels, [images.Count, shape.Channels, shape.Height, shape.Width]);
        _pixels = pixels.to(device).DetachFromDisposeScope();
        if (images.Labels is { } labels)
        {
            var classes = TensorOperations.Current.OfBytes(labels, [images.Count]);
            _labels = classes.to(ScalarType.Int64).to(device).DetachFromDisposeScope();
        }
    }

    /// <summary>Indices of images on the device, <c>[count]</c>, int64. The caller disposes them.</summary>
    public Tensor Indices(IReadOnlyList<int> images)
    {
        using var scope = NewDisposeScope();
        return tensor(images.Select(image => (long)image).ToArray()).to(_device).DetachFromDisposeScope();
    }

    /// <summary>The images at <paramref name="count"/> places of an index from a start on.</summary>
    public Batch Gather(Tensor indices, long start, int count) => Gather(indices.narrow(0, start, count), count);

    /// <summary>The images at some places, <c>[count]</c>, int64, on the device.</summary>
    public Batch Gather(Tensor chosen, int count) => new(
        TensorOperations.Current.GatherImages(_pixels, chosen),
        _labels?.index_select(0, chosen),
        count,
        chosen);

    public void Dispose()
    {
        _pixels.Dispose();
        _labels?.Dispose();
    }
}
