namespace Orchestrator.Core.Devices;

/// <summary>A training step that was recorded: the same work on the same tensors, as often as asked.</summary>
internal abstract class RecordedStep : IDisposable
{
    /// <summary>Takes the step once. Noise follows the generator as it is seeded now, the rate follows the optimizers'.</summary>
    public abstract void Replay();

    public abstract void Dispose();
}
