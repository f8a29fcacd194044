using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Training;

/// <summary>
/// Sums of a phase's terms over an epoch, weighted by the images of each batch so that a short last batch counts for what
/// it is. They stay on the device, in double precision, until somebody reads them.
/// </summary>
internal sealed class RunningSums : IDisposable
{
    private readonly Tensor _sums;

    public RunningSums(int terms, Device device) =>
        _sums = zeros([terms], dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();

    /// <summary>Adds the terms of a batch of so many images.</summary>
    public void Add(TermValues values, int images)
    {
        using var guard = no_grad();
        _sums.add_(stack(values.Terms).to(ScalarType.Float64), images);
    }

    /// <summary>Starts a new epoch.</summary>
    public void Clear() => _sums.zero_();

    /// <summary>The sums; this waits for the device.</summary>
    public double[] Read()
    {
        using var scope = NewDisposeScope();
        return _sums.cpu().data<double>().ToArray();
    }

    /// <summary>The sums as a tensor, <c>[terms]</c>.</summary>
    public Tensor Tensor => _sums;

    public void Dispose() => _sums.Dispose();
}
