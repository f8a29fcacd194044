namespace EndToEnd.Tests.Launch;

/// <summary>Real processes, really killed: what is resumed must end with the bytes of an undisturbed run.</summary>
public sealed class InterruptionTests
{
    [Fact]
    public void A_killed_worker_costs_one_attempt_and_changes_no_byte()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start("--workers", "2");
        var held = sweep.Hold(1);
        Signals.Kill(held.ProcessId);

        run.EndsWith(0);
        sweep.AssertAsUndisturbed();
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{held.ProcessId}-*"));
        Assert.Single(sweep.Outcome().Attempts, attempt => attempt.Outcome?.Value == Orchestrator.Core.Contracts.AttemptOutcome.Lost);
        Assert.Contains(sweep.Outcome().Attempts, attempt => attempt.StartEpoch > 0 && attempt.Interruptions == 1);
    }

    [Fact]
    public void Workers_of_a_killed_coordinator_stop_by_themselves_and_the_next_run_goes_on()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start("--workers", "2");
        var held = sweep.Hold(2);
        run.Kill();
        held.Dispose();
        ProcessSweep.Until(() => held.Attempts.All(worker => !Signals.IsAlive(worker.ProcessId)), "the orphaned workers' end");

        Assert.Equal(0, sweep.Counts().Running);
        sweep.Start("--workers", "2").EndsWith(0);
        sweep.AssertAsUndisturbed();
    }

    [Fact]
    public void A_new_coordinator_takes_over_at_once_when_everything_was_killed()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start("--workers", "2");
        using (var held = sweep.Hold(2))
        {
            Signals.Kill(held.Attempts[0].ProcessId);
            run.Kill();
            Signals.Kill(held.Attempts[1].ProcessId);
        }

        // The leases still have minutes to run: the processes' absence is what tells.
        sweep.Start("--workers", "2").EndsWith(0);
        sweep.AssertAsUndisturbed();
    }

    [Fact]
    public void A_new_coordinator_waits_for_nobody_when_everything_was_killed()
    {
        using var sweep = new FakeSweep(seeds: 1);
        var run = sweep.Start("--workers", "1");
        using (var held = sweep.Hold(1))
        {
            run.Kill();
            Signals.Kill(held.ProcessId);
        }

        var next = sweep.Start("--workers", "1");
        next.EndsWith(0);
        Assert.DoesNotContain("in other processes", next.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_stops_at_a_checkpoint_and_the_next_run_does_what_is_left()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start("--workers", "2");
        using (sweep.Hold(2))
        {
            run.Interrupt();
            run.UntilSaid("Ctrl-C again");
        }

        run.EndsWith(130);
        Assert.Contains("type the same command again to go on", run.Text, StringComparison.Ordinal);
        Assert.Equal(0, sweep.Counts().Running);
        Assert.Contains(sweep.Outcome().Attempts, attempt => attempt.Outcome?.Value == Orchestrator.Core.Contracts.AttemptOutcome.Preempted);
        sweep.Start("--workers", "2").EndsWith(0);
        sweep.AssertAsUndisturbed();
    }

    [Fact]
    public void Ctrl_C_of_a_terminal_reaches_the_workers_too_and_they_still_stop_at_a_checkpoint()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start("--workers", "2");
        using (var held = sweep.Hold(2))
        {
            foreach (var worker in held.Attempts)
                Signals.Interrupt(worker.ProcessId);
            run.Interrupt();
            run.UntilSaid("Ctrl-C again");
        }

        run.EndsWith(130);
        Assert.DoesNotContain(sweep.Outcome().Attempts, attempt => attempt.Outcome?.Value == Orchestrator.Core.Contracts.AttemptOutcome.Lost);
    }

    [Fact]
    public void Stop_asks_through_the_store_and_the_next_run_does_what_is_left()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start("--workers", "2");
        using (sweep.Hold(2))
        {
            var stop = sweep.Command("stop", "--results", sweep.Results, "sweep");
            stop.EndsWith(0);
            Assert.Contains($"asked process {run.ProcessId}", stop.Text, StringComparison.Ordinal);
            run.UntilSaid("asked to by 'orchestrator stop'");
        }

        run.EndsWith(130);
        Assert.DoesNotContain(sweep.Outcome().Attempts, attempt => attempt.Outcome?.Value == Orchestrator.Core.Contracts.AttemptOutcome.Lost);
        sweep.Start("--workers", "2").EndsWith(0);
        sweep.AssertAsUndisturbed();
    }

    [Fact]
    public void A_second_Ctrl_C_ends_everything_at_once()
    {
        // A batch of a minute would keep a polite stop waiting: only the second signal can end it in time.
        using var sweep = new FakeSweep(faults: ["hang-once"], seeds: 1);
        var run = sweep.Start("--workers", "1");
        ProcessSweep.Until(() => sweep.Running().Any(attempt => attempt.Epoch >= 1 && File.Exists(HungMark(sweep))), "a hung worker");
        run.Interrupt();
        run.UntilSaid("Ctrl-C again");
        run.Interrupt();

        run.EndsWith(130);
        Assert.Equal(0, sweep.Counts().Running);
    }

    [Fact]
    public void Two_coordinators_share_a_sweep_without_doing_anything_twice()
    {
        using var sweep = new FakeSweep();
        var first = sweep.Start("--workers", "1");
        // It would be through with all trials before the second one has begun.
        var held = sweep.Hold(1);
        var second = sweep.Start("--workers", "1");
        ProcessSweep.Until(() => sweep.Running().Any(attempt => attempt.ProcessId != held.ProcessId), "a trial of the second coordinator");
        held.Dispose();

        first.EndsWith(0);
        second.EndsWith(0);
        sweep.AssertAsUndisturbed();
        Assert.Equal(4, sweep.Outcome().Attempts.Length);
        Assert.Equal(2, sweep.Outcome().Attempts.Select(attempt => attempt.Worker).Distinct().Count());
    }

    [Fact]
    public void Kills_again_and_again_lose_nothing()
    {
        using var calm = new FakeSweep(seeds: 2, epochs: 3);
        calm.Start("--workers", "2").EndsWith(0);
        using var sweep = new FakeSweep(seeds: 2, epochs: 3);
        var chance = new Random(4);
        var epochs = 0;
        while (true)
        {
            var run = sweep.Start("--workers", "2");
            ProcessSweep.Until(() => sweep.EpochsDone() > epochs || run.HasExited, "an epoch more, or the end");
            if (run.HasExited)
            {
                run.EndsWith(0);
                break;
            }
            epochs = sweep.EpochsDone();
            if (sweep.Running() is [var worker, ..] && chance.Next(2) == 0)
                Signals.Kill(worker.ProcessId);
            run.Kill();
        }
        Assert.Equal(calm.Weights(), sweep.Weights());
        Assert.Equal(calm.Figures(), sweep.Figures());
        Assert.Empty(sweep.Faults());
    }

    private static string HungMark(FakeSweep sweep) =>
        Directory.EnumerateFiles(sweep.Results, "hung", SearchOption.AllDirectories).FirstOrDefault("");
}
