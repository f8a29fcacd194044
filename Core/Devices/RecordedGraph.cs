using Orchestrator.LibTorch;
using TorchSharp.Modules;

namespace Orchestrator.Core.Devices;

/// <summary>A step as a CUDA graph. Its first replay computes the step that was recorded, which the optimizers have counted.</summary>
internal sealed class RecordedGraph(CudaGraph graph, IReadOnlyList<Adam> optimizers) : RecordedStep
{
    private bool _hasRun;

    public override void Replay()
    {
        if (_hasRun)
        {
            foreach (var optimizer in optimizers)
                RepeatedAdam.Repeat(optimizer);
        }
        _hasRun = true;
        graph.Replay();
    }

    public override void Dispose() => graph.Dispose();
}
