namespace EndToEnd.Tests.Launch;

/// <summary>Processes that stand still without ending: a suspended machine, a debugger, a disk that does not answer.</summary>
public sealed class FrozenProcessTests
{
    [Fact]
    public void A_frozen_worker_is_found_by_its_silence_and_its_trial_goes_on()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start(2500, "--workers", "2");
        using var held = sweep.Hold(1);

        run.EndsWith(0);
        Assert.Contains("no progress for", run.Text, StringComparison.Ordinal);
        sweep.AssertAsUndisturbed();
    }

    [Fact]
    public void A_worker_frozen_in_a_write_frees_the_database_and_its_trial_goes_on()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start(2500, "--workers", "1");
        using var held = sweep.Hold(1);
        sweep.FreezeWithinWrite(held.Attempts[0]);

        run.EndsWith(0);
        Assert.Contains("kept the results database locked for", run.Text, StringComparison.Ordinal);
        sweep.AssertAsUndisturbed();
    }

    [Fact]
    public void Frozen_processes_that_come_back_change_nothing_of_what_others_did_meanwhile()
    {
        using var sweep = new FakeSweep();
        var first = sweep.Start(2500, "--workers", "1");
        var held = sweep.Hold(1);
        Assert.True(sweep.FreezeOutsideWrites(first.ProcessId));
        var second = sweep.Start(2500, "--workers", "1");
        second.EndsWith(0);

        held.Dispose();
        Signals.Thaw(first.ProcessId);
        first.EndsWith(0);
        sweep.AssertAsUndisturbed();
        Assert.Contains(sweep.Outcome().Attempts, attempt => attempt.Outcome?.Value == Orchestrator.Core.Contracts.AttemptOutcome.Lost);
    }
}
