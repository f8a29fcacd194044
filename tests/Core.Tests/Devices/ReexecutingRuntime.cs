using Orchestrator.Core.Devices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Devices;

/// <summary>
/// Stands in for CUDA graphs on the CPU: what was recorded is computed again by the host. Everything around the recording
/// (static batches, scheduled numbers, short batches, falling back) is the real thing.
/// </summary>
internal sealed class ReexecutingRuntime : DeviceRuntime
{
    public int Recordings { get; private set; }

    public int Replays { get; private set; }

    /// <summary>Why recording fails, or null when it does not.</summary>
    public string? Failure { get; init; }

    public override bool HasOptions => true;

    public override string? WhyNoRecording(Device device) => null;

    public override RecordedStep Record(Device device, IReadOnlyList<Adam> optimizers, Action step)
    {
        if (Failure is not null)
            throw new NotRecordableException(Failure);
        Recordings++;
        return new Repeated(this, step);
    }

    private sealed class Repeated(ReexecutingRuntime runtime, Action step) : RecordedStep
    {
        public override void Replay()
        {
            runtime.Replays++;
            step();
        }

        public override void Dispose()
        {
        }
    }
}
