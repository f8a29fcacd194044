using Orchestrator.Experiments.Domain;

namespace EndToEnd.Tests.Launch;

/// <summary>A sampler that learns, and pruners, over real processes that are really killed.</summary>
public sealed class SearchTests
{
    [Fact]
    public void A_search_that_is_killed_again_and_again_makes_the_proposals_of_an_undisturbed_one()
    {
        using var calm = FakeSweep.OfSearch(trials: 14, startup: 5);
        calm.Start("--workers", "1").EndsWith(0);
        using var sweep = FakeSweep.OfSearch(trials: 14, startup: 5);
        KillUntilDone(sweep);

        Assert.Equal(14, sweep.Outcome().Trials.Length);
        Assert.Equal(calm.Outcome().Trials.Select(trial => trial.Id), sweep.Outcome().Trials.Select(trial => trial.Id));
        Assert.Equal(calm.Figures(), sweep.Figures());
        Assert.Empty(sweep.Faults());
    }

    [Theory]
    [InlineData("halving")]
    [InlineData("median")]
    public void A_pruned_sweep_that_is_killed_again_and_again_ends_with_the_decisions_of_an_undisturbed_one(string pruner)
    {
        using var calm = FakeSweep.OfSearch(trials: 9, startup: 0, pruner);
        calm.Start("--workers", "1").EndsWith(0);
        using var sweep = FakeSweep.OfSearch(trials: 9, startup: 0, pruner);
        KillUntilDone(sweep);

        Assert.Contains(calm.Outcome().Trials, trial => trial.State.IsPruned);
        Assert.Contains(calm.Outcome().Trials, trial => trial.State.IsCompleted);
        Assert.Equal(Standings(calm), Standings(sweep));
        Assert.Equal(calm.Decisions(), sweep.Decisions());
        Assert.Empty(sweep.Faults());
    }

    [Fact]
    public void Several_workers_share_a_search_whose_budget_is_kept()
    {
        using var sweep = FakeSweep.OfSearch(trials: 20, startup: 6);
        sweep.Start("--workers", "3").EndsWith(0);

        Assert.Equal(20, sweep.Outcome().Trials.Length);
        Assert.All(sweep.Outcome().Trials, trial => Assert.Equal(1, trial.Attempts));
        sweep.Start("--workers", "3").EndsWith(0);
        Assert.Equal(20, sweep.Outcome().Attempts.Length);
    }

    private static void KillUntilDone(FakeSweep sweep)
    {
        var chance = new Random(7);
        var epochs = 0;
        for (var kills = 0; kills < 6; kills++)
        {
            var run = sweep.Start("--workers", "1");
            ProcessSweep.Until(() => sweep.EpochsDone() > epochs + 3 || run.HasExited, "some epochs more, or the end");
            if (run.HasExited)
                break;
            epochs = sweep.EpochsDone();
            if (sweep.Running() is [var worker, ..] && chance.Next(2) == 0)
                Signals.Kill(worker.ProcessId);
            run.Kill();
        }
        sweep.Start("--workers", "1").EndsWith(0);
    }

    private static IEnumerable<(string Id, TrialState State, int Epochs)> Standings(FakeSweep sweep) =>
        sweep.Outcome().Trials.Select(trial => (trial.Id, trial.State, trial.EpochsDone));
}
