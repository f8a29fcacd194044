using Orchestrator.Core.Training;
using Orchestrator.LibTorch;

namespace Orchestrator.Core.Devices;

/// <summary>A step as a CUDA graph. Its first replay computes the step that was recorded, which the optimizers have counted.</summary>
internal sealed class RecordedGraph(CudaGraph graph, IReadOnlyList<Optimization> optimizations) : RecordedStep
{
    private bool _hasRun;

    public override void Replay()
    {
        if (_hasRun)
        {
            foreach (var optimization in optimizations)
                RepeatedAdam.Repeat(optimization.Optimizer);
        }
        _hasRun = true;
        graph.Replay();
    }

    public override void Dispose() => graph.Dispose();
}
