using Orchestrator.Experiments.Store;

namespace EndToEnd.Tests.Launch;

/// <summary>Workers that stand still in the middle of their trials, until they are let go.</summary>
internal sealed class HeldWorkers(IReadOnlyList<RunningAttempt> attempts) : IDisposable
{
    /// <summary>The process of the first one.</summary>
    public int ProcessId => attempts[0].ProcessId;

    public IReadOnlyList<RunningAttempt> Attempts => attempts;

    /// <summary>Lets them go on; those that were killed meanwhile stay dead.</summary>
    public void Dispose()
    {
        foreach (var attempt in attempts)
            Signals.Thaw(attempt.ProcessId);
    }
}
