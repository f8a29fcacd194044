using Orchestrator.Core.Contracts;

namespace EndToEnd.Tests.Launch;

/// <summary>One trial's trouble is no other's.</summary>
public sealed class FailureTests
{
    [Fact]
    public void Failing_trials_stop_no_others_and_the_exit_code_tells()
    {
        using var sweep = new FakeSweep(faults: ["throw", "crash", "diverge", "none"], seeds: 1, epochs: 3);
        var run = sweep.Start("--workers", "2");

        run.EndsWith(3);
        Assert.Equal(1, sweep.Counts().Completed);
        Assert.Equal(3, sweep.Counts().Failed);
        Assert.Contains("report:", run.Text, StringComparison.Ordinal);
        Assert.Contains(sweep.Outcome().Trials, trial => trial.Error?.Value.Contains("a fault of its own", StringComparison.Ordinal) == true);
        Assert.Contains(sweep.Outcome().Trials, trial => trial.Error?.Value.Contains("signal 9", StringComparison.Ordinal) == true);
        Assert.Empty(sweep.Faults());
    }

    [Fact]
    public void A_failed_trials_log_holds_the_stack_trace()
    {
        using var sweep = new FakeSweep(faults: ["throw"], seeds: 1, epochs: 3);
        sweep.Start("--workers", "1").EndsWith(3);
        var log = Directory.EnumerateFiles(Path.Combine(sweep.Results, "sweep", "logs"), "trial-*.log").Single();

        Assert.Contains("PredictableTrainer.misbehave", File.ReadAllText(log), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hung_worker_is_found_and_its_trial_finished_by_another()
    {
        using var sweep = new FakeSweep(faults: ["hang-once", "none"], seeds: 1, epochs: 3);
        var run = sweep.Start(800, "--workers", "1");

        run.EndsWith(0);
        Assert.Contains("no progress for", run.Text, StringComparison.Ordinal);
        Assert.Equal(2, sweep.Counts().Completed);
    }

    [Fact]
    public void A_trial_without_memory_is_tried_once_more_alone()
    {
        using var sweep = new FakeSweep(faults: ["memory-once", "none"], seeds: 1, epochs: 3);

        sweep.Start("--workers", "2").EndsWith(0);
        Assert.Contains(sweep.Outcome().Attempts, attempt => attempt.Outcome?.Value == AttemptOutcome.OutOfMemory);
    }

    [Fact]
    public void Fail_fast_stops_at_the_first_failure()
    {
        using var sweep = new FakeSweep(faults: ["throw", "none"], seeds: 4, epochs: 6, milliseconds: 20);

        sweep.Start("--workers", "1", "--fail-fast").EndsWith(3);
        Assert.True(sweep.Counts().Pending > 0);
        Assert.Empty(sweep.Faults());
    }

    [Fact]
    public void A_finished_sweep_is_not_done_again_and_failed_trials_are_tried_when_asked_for()
    {
        using var sweep = new FakeSweep(faults: ["none", "throw"], seeds: 1, epochs: 3);
        sweep.Start("--workers", "1").EndsWith(3);
        var again = sweep.Start("--workers", "1");

        again.EndsWith(3);
        Assert.Contains("nothing to do: 2 trials have ended (1 completed, 1 failed)", again.Text, StringComparison.Ordinal);
        Assert.Contains("report.html", again.Text, StringComparison.Ordinal);
        Assert.Equal(2, sweep.Outcome().Attempts.Length);

        sweep.Start("--workers", "1", "--retry", "failed").EndsWith(3);
        Assert.Equal(3, sweep.Outcome().Attempts.Length);
    }

    [Fact]
    public void A_disk_that_fills_up_uses_no_trial_up()
    {
        using var sweep = new FakeSweep(faults: ["disk-full"], seeds: 1, epochs: 3);

        var run = sweep.Start("--workers", "1");

        run.EndsWith(1);
        Assert.Contains("the disk is full", run.Text, StringComparison.Ordinal);
        Assert.Equal(AttemptOutcome.Preempted, sweep.Outcome().Attempts.Single().Outcome?.Value);
        sweep.Start("--workers", "1").EndsWith(0);
    }

    [Fact]
    public void Absurd_counts_are_refused_before_anything_starts()
    {
        using var sweep = new FakeSweep();
        var run = sweep.Start("--workers", "0");

        run.EndsWith(1);
        Assert.Contains("--workers", run.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(sweep.Results));
    }
}
