using Orchestrator.Core.Contracts;
using Orchestrator.Experiments.Tests.Store;

namespace EndToEnd.Tests.Launch;

/// <summary>Whole sweeps by real processes whose books are in PostgreSQL, on a server of the tests' own.</summary>
public sealed class PostgresSweepTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    [Fact]
    public void Kills_of_workers_and_coordinators_lose_nothing_and_change_no_byte()
    {
        using var sweep = new FakeSweep { Store = NewDatabase() };
        var run = sweep.Start("--workers", "2");
        using (var held = sweep.Hold(1))
            Signals.Kill(held.ProcessId);
        var epochs = sweep.EpochsDone();
        ProcessSweep.Until(() => sweep.EpochsDone() > epochs + 2 || run.HasExited, "more epochs");
        foreach (var worker in sweep.Running())
            Signals.Kill(worker.ProcessId);
        run.Kill();

        sweep.Start("--workers", "2").EndsWith(0);
        Assert.False(File.Exists(Path.Combine(sweep.Results, "orchestrator.db")));
        sweep.AssertAsUndisturbed();
        Assert.Contains(sweep.Outcome().Attempts, attempt => attempt.Outcome?.Value == AttemptOutcome.Lost);
    }

    [Fact]
    public void The_program_itself_trains_resumes_and_reports_with_its_books_in_PostgreSQL()
    {
        using var calm = new RealSweep();
        calm.Start("--workers", "2").EndsWith(0);
        var address = NewDatabase();
        using var sweep = new RealSweep { Store = address };
        // Given as an option here, where the other sweep has the variable.
        sweep.Environment.Clear();
        var run = sweep.Start("--workers", "2", "--store", address);
        using (var held = sweep.Hold(1))
            Signals.Kill(held.ProcessId);

        run.EndsWith(0);
        Assert.Equal(calm.Digests(), sweep.Digests());
        Assert.Equal(calm.Figures(), sweep.Figures());
        Assert.Empty(sweep.Faults());
        Assert.True(File.Exists(Path.Combine(sweep.Results, "sweep", "report.html")));
        Assert.False(File.Exists(Path.Combine(sweep.Results, "orchestrator.db")));
        var status = sweep.Command("status", "--results", sweep.Results, "--store", address, "sweep");
        status.EndsWith(0);
        Assert.Contains("4 completed", status.Text, StringComparison.Ordinal);
    }

    private string NewDatabase()
    {
        Assert.SkipWhen(fixture.Server is null, "PostgreSQL is not installed (apt-get install postgresql)");
        return fixture.Server!.Value.NewDatabase();
    }
}
