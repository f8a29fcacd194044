namespace EndToEnd.Tests.Launch;

/// <summary>Processes that stand still without ending: a suspended machine, a debugger, a disk that does not answer.</summary>
public sealed class FrozenProcessTests
{
    [Fact]
    public void A_frozen_worker_is_found_by_its_silence_and_its_trial_goes_on()
    {
        using var calm = new FakeSweep();
        Assert.Equal(0, calm.Run("--workers", "2"));
        using var sweep = new FakeSweep();
        var run = sweep.Start(2500, "--workers", "2");
        Signals.Freeze(sweep.UntilTraining(1)[0].ProcessId);

        Assert.Equal(0, run.ExitCode());
        Assert.Contains("no progress for", run.Text, StringComparison.Ordinal);
        Assert.Equal(calm.Weights(), sweep.Weights());
        Assert.Equal(calm.Figures(), sweep.Figures());
        Assert.Empty(sweep.Faults());
    }

    [Fact]
    public void Frozen_processes_that_come_back_change_nothing_of_what_others_did_meanwhile()
    {
        using var calm = new FakeSweep();
        Assert.Equal(0, calm.Run("--workers", "1"));
        using var sweep = new FakeSweep();
        var first = sweep.Start(2500, "--workers", "1");
        var worker = sweep.UntilTraining(1)[0].ProcessId;
        Signals.Freeze(first.ProcessId);
        Signals.Freeze(worker);
        var second = sweep.Start(2500, "--workers", "1");
        Assert.Equal(0, second.ExitCode());

        Signals.Thaw(worker);
        Signals.Thaw(first.ProcessId);
        Assert.Equal(0, first.ExitCode());
        Assert.Equal(calm.Weights(), sweep.Weights());
        Assert.Equal(calm.Figures(), sweep.Figures());
        Assert.Empty(sweep.Faults());
        Assert.Contains(sweep.Outcome().Attempts, attempt => attempt.Outcome?.Value == Orchestrator.Core.Contracts.AttemptOutcome.Lost);
    }
}
