using System.Diagnostics;

namespace EndToEnd.Tests.Launch;

/// <summary>
/// Kills workers, coordinators and both again and again, each sweep until it is done all the same. A few dozen kills by
/// default; <c>SOAK=1000</c> in the environment asks for so many.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private readonly Random _chance = new(20261121);
    private int _workers, _coordinators, _both, _sweeps, _lost, _attempts, _resumed;

    private readonly int _wanted = int.TryParse(Environment.GetEnvironmentVariable("SOAK"), out var asked) ? asked : 12;

    private int Kills => _workers + _coordinators + _both;

    [Fact]
    public void However_often_processes_are_killed_the_books_balance_and_no_byte_changes()
    {
        var clock = Stopwatch.StartNew();
        using var calm = NewSweep();
        calm.Start("--workers", "2").EndsWith(0);
        var weights = calm.Weights();
        var figures = calm.Figures();
        while (Kills < _wanted)
        {
            Endure(weights, figures);
            Tell(clock);
        }
    }

    // After each sweep, so that a soak that is stopped has its figures too.
    private void Tell(Stopwatch clock) =>
        output.WriteLine(FormattableString.Invariant(
            $"{Kills} SIGKILLs in {_sweeps} sweeps and {clock.Elapsed.TotalMinutes:F1} minutes: {_workers} of workers, {_coordinators} of coordinators, {_both} of both at once; {_attempts} attempts for {_sweeps * 6} trials, {_lost} of them lost, {_resumed} taken up from a checkpoint; books balanced, every byte as undisturbed"));

    private static FakeSweep NewSweep() => new(seeds: 6, epochs: 12, batches: 10, milliseconds: 5, lost: 1000);

    private void Endure(SortedDictionary<string, string> weights, IReadOnlyList<string> figures)
    {
        using var sweep = NewSweep();
        var run = sweep.Start("--workers", "2");
        while (!Rest(sweep, run))
        {
            Strike(sweep, run);
            if (run.HasExited)
                run = sweep.Start("--workers", "2");
        }
        // The last kill can have met a coordinator whose sweep was done but for its report.
        sweep.Start("--workers", "2").EndsWith(0);
        Assert.Equal(weights, sweep.Weights());
        Assert.Equal(figures, sweep.Figures());
        Assert.Empty(sweep.Faults());
        Count(sweep);
    }

    // A moment that falls anywhere into the work; true when the sweep is done.
    private bool Rest(FakeSweep sweep, RunningCommand run)
    {
        ProcessSweep.Until(() => run.HasExited || AtWork(sweep).Any(), "a worker at work, or the end");
        var clock = Stopwatch.StartNew();
        // After the last kill the sweep is left to end by itself.
        var pause = Kills >= _wanted ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(_chance.Next(10, 400));
        ProcessSweep.Until(() => run.HasExited || clock.Elapsed > pause, "a moment");
        if (run.HasExited)
            run.EndsWith(0);
        return run.HasExited;
    }

    // The books still name the workers of a killed coordinator for a while.
    private static IEnumerable<int> AtWork(FakeSweep sweep) =>
        sweep.Running().Select(attempt => attempt.ProcessId).Where(Signals.IsAlive);

    private void Strike(FakeSweep sweep, RunningCommand run)
    {
        var worker = AtWork(sweep).FirstOrDefault();
        var strike = _chance.Next(3);
        var hit = strike != 1 && worker != 0 && Signals.Kill(worker);
        if (strike == 0)
        {
            _workers += hit ? 1 : 0;
            return;
        }
        run.Kill();
        ProcessSweep.Until(() => run.HasExited, "the coordinator's end");
        if (hit)
            _both += 2;
        else
            _coordinators++;
    }

    private void Count(FakeSweep sweep)
    {
        var outcome = sweep.Outcome();
        _sweeps++;
        _attempts += outcome.Attempts.Length;
        _lost += outcome.Attempts.Count(attempt => attempt.Outcome?.Value == Orchestrator.Core.Contracts.AttemptOutcome.Lost);
        _resumed += outcome.Attempts.Count(attempt => attempt.StartEpoch > 0);
        Assert.All(outcome.Trials, trial => Assert.Single(
            outcome.Attempts, attempt => attempt.TrialId == trial.Id && attempt.Outcome?.Value == Orchestrator.Core.Contracts.AttemptOutcome.Completed));
    }
}
