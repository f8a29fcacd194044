using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Training;

/// <summary>Trainings that end when they no longer improve, and trials that are pruned and taken up again.</summary>
[Collection("torch")]
public sealed class EarlyStoppingTests : IDisposable
{
    private const int Budget = 12;

    private readonly TemporaryFolder _folder = new();

    // The error must fall by so much in an epoch to count: a small model does that a few times and no more.
    private static ParameterSet Impatient { get; } = Some.Configuration
        .With(TrainingParameters.Patience, 2).With(TrainingParameters.Monitor, "val/mse").With(TrainingParameters.MinDelta, 0.05);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("val/elbo", 0.0, new[] { -9.0, -8.0, -8.0, -7.5, -7.6, -7.7 }, 6)]
    [InlineData("val/elbo", 1.0, new[] { -9.0, -8.5, -8.2, -7.0 }, 3)]
    [InlineData("val/elbo", 0.0, new[] { -9.0, -8.0, -7.0, -6.0 }, 0)]
    [InlineData("val/mse", 0.0, new[] { 3.0, 4.0, 2.0, 2.0, 2.5 }, 5)]
    public void It_ends_after_two_epochs_without_an_improvement(string metric, double delta, double[] values, int stop)
    {
        var rule = new EarlyStopping(metric, 2, delta);
        var figures = values.Select((value, index) => new MetricValue(index + 1, metric, value)).ToList();

        var stops = Enumerable.Range(1, values.Length).Where(epoch => rule.IsOver(figures.Take(epoch))).ToList();

        Assert.Equal(stop, stops.FirstOrDefault());
    }

    [Fact]
    public void A_training_that_no_longer_improves_completes_early_with_a_reading_where_it_stopped()
    {
        var observer = new RecordingObserver();
        var outcome = Train(Some.Trial(Impatient, Budget - 1, Budget), _folder, observer);

        Assert.Equal((AttemptOutcome.Completed, true), (outcome.Outcome, outcome.StoppedEarly));
        Assert.InRange(outcome.EpochsDone, 3, Budget - 2);
        Assert.Equal([outcome.EpochsDone], outcome.Metrics.Where(m => m.Name == "test/elbo").Select(m => m.Epoch));
        Assert.Contains(observer.Logs, line => line.Contains(FormattableString.Invariant($"stopped at epoch {outcome.EpochsDone} of {Budget}"), StringComparison.Ordinal));
        Assert.NotNull(outcome.WeightsDigest);
        Assert.NotEmpty(outcome.Artifacts);
    }

    [Fact]
    public void No_larger_budget_adds_an_epoch_and_no_byte_changes()
    {
        var first = Train(Some.Trial(Impatient, Budget), _folder);
        var again = Train(Some.Trial(Impatient, 2 * Budget), _folder);
        using var other = new TemporaryFolder();
        var larger = Train(Some.Trial(Impatient, 2 * Budget), other);

        foreach (var outcome in new[] { again, larger })
        {
            Assert.Equal((true, first.EpochsDone, first.WeightsDigest), (outcome.StoppedEarly, outcome.EpochsDone, outcome.WeightsDigest));
            Assert.Equal(first.Metrics.AsEnumerable(), outcome.Metrics);
        }
    }

    [Fact]
    public void Interrupted_it_stops_at_the_same_epoch_with_the_same_bytes()
    {
        var trial = Some.Trial(Impatient, Budget);
        var expected = Train(trial, _folder);
        using var interrupted = new TemporaryFolder();
        foreach (var step in new[] { 5, 13, 21 })
            Assert.Equal(AttemptOutcome.Preempted, ResumeTests.TrainUntil(step, trial, interrupted.Path).Outcome);

        var actual = Train(trial, interrupted);

        Assert.Equal((true, expected.EpochsDone, 3), (actual.StoppedEarly, actual.EpochsDone, actual.Interruptions));
        Assert.Equal(expected.WeightsDigest, actual.WeightsDigest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
        Assert.Equal(expected.Artifacts.AsEnumerable(), actual.Artifacts);
    }

    [Fact]
    public void Patience_that_never_runs_out_changes_no_byte()
    {
        var expected = Train(Some.Trial(null, 3), _folder);
        using var other = new TemporaryFolder();
        var actual = Train(Some.Trial(Some.Configuration.With(TrainingParameters.Patience, 100), 3), other);

        Assert.Equal((false, expected.WeightsDigest), (actual.StoppedEarly, actual.WeightsDigest));
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    [Fact]
    public void A_pruned_trial_keeps_a_checkpoint_and_goes_on_to_the_bytes_of_an_undisturbed_one()
    {
        var trial = Some.Trial(null, 4);
        var expected = Train(trial, _folder);
        using var folder = new TemporaryFolder();
        var pruned = Train(trial, folder, new RecordingObserver { OnEpoch = epoch => epoch == 2 ? TrialDecision.Prune : TrialDecision.Continue });
        var observer = new RecordingObserver();
        var actual = Train(trial, folder, observer);

        Assert.Equal((AttemptOutcome.Pruned, 2), (pruned.Outcome, pruned.EpochsDone));
        Assert.Equal(2, Assert.Single(observer.Resumptions).Epoch);
        Assert.Equal((0, expected.WeightsDigest), (actual.Interruptions, actual.WeightsDigest));
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    [Fact]
    public void Its_parameters_are_read_only_where_it_is_on()
    {
        Assert.DoesNotContain(TrainingParameters.Monitor, Configurations.Active(Some.Configuration));
        Assert.Contains(TrainingParameters.Monitor, Configurations.Active(Impatient));
        Assert.Contains(TrainingParameters.MinDelta, Configurations.Active(Impatient));
    }

    [Theory]
    [InlineData("ae", "val/elbo", 9500, "does not report it")]
    [InlineData("gan", "train/loss", 9500, "does not report it")]
    [InlineData("vae", "val/mse", 0, "no images are held out")]
    public void What_is_not_measured_cannot_be_watched(string family, string monitor, int validation, string cause)
    {
        var configuration = Some.Configuration.With(ModelParameters.Family, family).With(TrainingParameters.Patience, 2)
            .With(TrainingParameters.Monitor, monitor).With(DatasetSelection.Validation, validation);

        var problem = Assert.Single(Configurations.Check(configuration));

        Assert.Equal("monitor", problem.Where);
        Assert.Contains(cause, problem.Cause, StringComparison.Ordinal);
    }

    public static TheoryData<string> Families => new(ModelCatalogue.All.Select(family => family.Name).ToArray());

    [Theory]
    [MemberData(nameof(Families))]
    public void The_metrics_of_an_epoch_are_those_that_a_configuration_promises(string family)
    {
        var configuration = Some.Configuration.With(ModelParameters.Family, family);
        var outcome = Train(Some.Trial(configuration, 2), _folder);

        Assert.Equal(Configurations.EpochMetrics(configuration), outcome.Metrics.Where(metric => metric.Epoch == 1).Select(metric => metric.Name));
    }

    private static TrialOutcome Train(TrialSpecification trial, TemporaryFolder folder, RecordingObserver? observer = null) =>
        Trainer.Train(trial, Some.Environment(folder.Path), observer ?? new RecordingObserver(), default);
}
