namespace EndToEnd.Tests.Launch;

/// <summary>Another program keeps the results database: a backup, a shell that somebody left open.</summary>
public sealed class LockedDatabaseTests
{
    private static readonly string ThisProcess = $"process {System.Environment.ProcessId} (";

    [Fact]
    public void A_sweep_says_who_keeps_the_database_and_goes_on_when_it_is_free()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start(2500, "--workers", "1");
        sweep.Hold(1).Dispose();
        // For longer than a lease: nobody's silence is held against it meanwhile.
        sweep.WhileLocked(() =>
        {
            run.UntilSaid(ThisProcess);
            Thread.Sleep(3000);
        });

        run.EndsWith(0);
        sweep.AssertAsUndisturbed();
        Assert.Equal(4, sweep.Outcome().Attempts.Length);
    }

    [Fact]
    public void A_sweep_that_is_stopped_while_it_waits_ends_and_loses_nothing()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start(2500, "--workers", "1");
        sweep.Hold(1).Dispose();
        sweep.WhileLocked(() =>
        {
            run.UntilSaid(ThisProcess);
            run.Interrupt();
            run.EndsWith(1);
        });

        Assert.Contains("keeps the database locked", run.Text, StringComparison.Ordinal);
        sweep.Start("--workers", "1").EndsWith(0);
        sweep.AssertAsUndisturbed();
    }
}
