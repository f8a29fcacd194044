using Orchestrator.Core.Batches;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training.Steps;

/// <summary>
/// Whole batches of an epoch whose place is counted on the device: the same work, on the same tensors, gives one batch after
/// the other. What a recorded step reads.
/// </summary>
internal sealed class StaticBatches : IDisposable
{
    private readonly Tensor _order;
    private readonly Tensor _offsets;
    private readonly Tensor _place;
    private readonly int _size;
    private ImageSelection? _selection;
    private int _next = -1;

    public StaticBatches(int images, int size, Device device)
    {
        _size = size;
        _order = zeros([images], dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        _offsets = arange(size, dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
        _place = zeros([1], dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();
    }

    /// <summary>Makes a batch of a selection the next one; sends to the device only what it does not have.</summary>
    public void MoveTo(ImageSelection selection, int index)
    {
        using var guard = no_grad();
        if (!ReferenceEquals(selection, _selection))
            _order.copy_(selection.Indices);
        if (index != _next)
            _place.fill_((long)index * _size);
        (_selection, _next) = (selection, index);
    }

    /// <summary>The next batch, and one further on the device. May be recorded.</summary>
    public Batch Take()
    {
        var chosen = _order.index_select(0, _offsets + _place);
        _place.add_(_size);
        return _selection!.At(chosen, _size);
    }

    /// <summary>Notes that the device has taken a batch.</summary>
    public void Taken() => _next++;

    public void Dispose()
    {
        _order.Dispose();
        _offsets.Dispose();
        _place.Dispose();
    }
}
