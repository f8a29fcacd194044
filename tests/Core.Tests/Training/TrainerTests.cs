using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Models;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;
using Orchestrator.LibTorch;

namespace Orchestrator.Core.Tests.Training;

[Collection("torch")]
public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_takes_no_more_threads_than_it_is_given()
    {
        Assert.SkipWhen(TorchRuntime.BlasThreads == 0, "another BLAS multiplies");
        TorchRuntime.BlasThreads = 2;

        Train(Some.Trial(null, 1), new RecordingObserver());

        Assert.Equal((1, 1), (TorchRuntime.BlasThreads, TorchSharp.torch.get_num_threads()));
    }

    [Fact]
    public void A_training_learns_and_reports_each_epoch_and_each_reading()
    {
        var observer = new RecordingObserver();

        var outcome = Train(Some.Trial(null, 2, 4), observer);

        Assert.Equal((AttemptOutcome.Completed, 4, 0), (outcome.Outcome, outcome.EpochsDone, outcome.Interruptions));
        Assert.Equal([1, 2, 3, 4], observer.Epochs.Select(e => e.Epoch));
        Assert.Equal([2, 4], outcome.Metrics.Where(m => m.Name == "test/elbo").Select(m => m.Epoch));
        Assert.True(Value(outcome, 4, "val/elbo") > Value(outcome, 1, "val/elbo") + 10);
        Assert.Equal(observer.Epochs.SelectMany(e => e.Metrics), outcome.Metrics);
        Assert.All(outcome.Metrics, metric => Assert.NotNull(MetricCatalogue.Find(metric.Name)));
        Assert.Contains("loading", observer.Reports[0].Stage, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_of_a_vae_fit_each_other()
    {
        var outcome = Train(Some.Trial(null, 1));

        Assert.Equal(Value(outcome, 1, "val/elbo"), -(Value(outcome, 1, "val/reconstruction") + Value(outcome, 1, "val/kl")), 9);
        Assert.Equal(Value(outcome, 1, "train/loss"), Value(outcome, 1, "train/reconstruction") + Value(outcome, 1, "train/kl"), 3);
    }

    [Fact]
    public void A_plain_autoencoder_has_no_elbo()
    {
        var outcome = Train(Some.Trial(Some.Configuration.With(ModelParameters.Family, "ae"), 1));

        Assert.Equal(
            ["train/loss", "train/reconstruction", "val/reconstruction", "val/mse", "val/active_units", "test/reconstruction", "test/mse", "test/active_units"],
            Some.Names(outcome.Metrics).Where(name => !name.Contains('.', StringComparison.Ordinal)));
        Assert.DoesNotContain(outcome.Metrics, metric => metric.Name.Contains("bits_per_pixel", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_conventions_of_the_same_objective_report_the_same_figures()
    {
        // Adam follows the gradient's scale only through ε, so a mean and a sum part slowly; what is reported is in nats for both.
        var sum = Train(Some.Trial(null, 1));
        using var other = new TemporaryFolder();
        var mean = Trainer.Train(
            Some.Trial(Some.Configuration.With(ObjectiveParameters.Reduction, "mean").With(ObjectiveParameters.DivergenceReduction, "pixels"), 1),
            Some.Environment(other.Path), new RecordingObserver(), default);

        Assert.Equal(1.0, Value(mean, 1, "val/elbo") / Value(sum, 1, "val/elbo"), 2);
        Assert.InRange(Value(sum, 1, "train/loss") / Value(mean, 1, "train/loss"), 780, 788);
    }

    [Fact]
    public void The_same_trial_gives_the_same_bytes_and_another_seed_others()
    {
        using var again = new TemporaryFolder();
        using var other = new TemporaryFolder();

        var first = Train(Some.Trial(null, 1));
        var second = Trainer.Train(Some.Trial(null, 1), Some.Environment(again.Path), new RecordingObserver(), default);
        var third = Trainer.Train(Some.Trial(null, 1) with { Seed = 2 }, Some.Environment(other.Path), new RecordingObserver(), default);

        Assert.Equal(first.WeightsDigest, second.WeightsDigest);
        Assert.Equal(first.Metrics.AsEnumerable(), second.Metrics);
        Assert.NotEqual(first.WeightsDigest, third.WeightsDigest);
    }

    [Fact]
    public void A_finished_trial_gives_the_same_outcome_again_without_training()
    {
        var first = Train(Some.Trial(null, 2));
        var observer = new RecordingObserver();

        var second = Train(Some.Trial(null, 2), observer);

        Assert.Equal(first.WeightsDigest, second.WeightsDigest);
        Assert.Equal(first.Metrics.AsEnumerable(), second.Metrics);
        Assert.Equal(first.Artifacts.AsEnumerable(), second.Artifacts);
        Assert.Equal((AttemptOutcome.Completed, 0), (second.Outcome, second.Interruptions));
        Assert.DoesNotContain(observer.Reports, report => report.Stage == "training");
    }

    [Fact]
    public void A_larger_budget_continues_where_a_smaller_one_ended()
    {
        using var undisturbed = new TemporaryFolder();
        var expected = Trainer.Train(Some.Trial(null, 1, 3), Some.Environment(undisturbed.Path), new RecordingObserver(), default);

        Train(Some.Trial(null, 1));
        var actual = Train(Some.Trial(null, 1, 3));

        Assert.Equal(expected.WeightsDigest, actual.WeightsDigest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
        Assert.Equal(0, actual.Interruptions);
    }

    [Fact]
    public void A_reading_that_comes_too_late_is_a_remark()
    {
        Train(Some.Trial(null, 3));

        var outcome = Train(Some.Trial(null, 2, 3));

        Assert.Contains(outcome.Remarks, remark => remark.Contains("epoch 2 was trained before", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pruned_trial_stops_and_keeps_its_figures()
    {
        var outcome = Train(Some.Trial(null, 5), new RecordingObserver { OnEpoch = epoch => epoch == 2 ? TrialDecision.Prune : TrialDecision.Continue });

        Assert.Equal((AttemptOutcome.Pruned, 2), (outcome.Outcome, outcome.EpochsDone));
        Assert.Equal(2, outcome.Metrics[^1].Epoch);
    }

    [Fact]
    public void A_divergence_is_an_outcome_with_its_epoch_and_term_and_never_a_figure()
    {
        var narrow = Some.Configuration.With(ObjectiveParameters.Likelihood, "gaussian").With(ObjectiveParameters.Variance, 1e-40);

        var outcome = Train(Some.Trial(narrow, 3));

        Assert.Equal(AttemptOutcome.Diverged, outcome.Outcome);
        Assert.Matches("^the training diverged in epoch 1: (train|val)/(loss|reconstruction|kl|elbo) became (NaN|infinite)$", outcome.Error);
        Assert.All(outcome.Metrics, metric => Assert.True(double.IsFinite(metric.Value)));
        Assert.False(Directory.Exists(_folder.File("checkpoints")));
    }

    [Fact]
    public void A_device_that_is_not_there_is_named_with_those_that_are()
    {
        var outcome = Trainer.Train(
            Some.Trial(), Some.Environment(_folder.Path) with { Device = "cuda:99" }, new RecordingObserver(), default);

        Assert.Equal(AttemptOutcome.Failed, outcome.Outcome);
        Assert.Contains("cuda:99", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("cpu", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_fails_the_attempt_with_a_remedy()
    {
        File.WriteAllText(_folder.File("file"), "");

        var outcome = Trainer.Train(Some.Trial(null, 1), Some.Environment(_folder.File("file")), new RecordingObserver(), default);

        Assert.Equal(AttemptOutcome.Failed, outcome.Outcome);
        Assert.Contains("Free disk space", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_before_it_begins_it_is_preempted()
    {
        var outcome = Trainer.Train(Some.Trial(), Some.Environment(_folder.Path), new RecordingObserver(), new CancellationToken(canceled: true));

        Assert.Equal((AttemptOutcome.Preempted, 0), (outcome.Outcome, outcome.EpochsDone));
    }

    [Fact]
    public void The_last_batch_counts_by_its_size()
    {
        // A learning rate that moves nothing leaves the mean over batches equal to the mean over images, whatever the batches.
        var still = Some.Configuration.With(TrainingParameters.LearningRate, 1e-30).With(ModelParameters.Family, "ae");
        using var other = new TemporaryFolder();

        var odd = Train(Some.Trial(still.With(TrainingParameters.BatchSize, 499), 1));
        var whole = Trainer.Train(Some.Trial(still.With(TrainingParameters.BatchSize, 500), 1), Some.Environment(other.Path), new RecordingObserver(), default);

        Assert.Equal(Value(whole, 1, "train/loss"), Value(odd, 1, "train/loss"), 3);
    }

    [Fact]
    public void Every_artifact_is_there_with_its_digest()
    {
        var outcome = Train(Some.Trial(Some.Configuration.With(ModelParameters.Latent, 2), 1));

        Assert.Equal(
            [
                "weights", "reconstructions", "reconstructions-train", "samples", "plane", "plane-quantiles", "points",
                "traversals", "interpolation", "latent-scatter", "tsne", "latent", "thumbnails", "decoder", "sprites",
            ],
            outcome.Artifacts.Select(a => a.Kind));
        foreach (var artifact in outcome.Artifacts)
        {
            var bytes = File.ReadAllBytes(_folder.File(artifact.Path));
            Assert.Equal(artifact.Bytes, bytes.Length);
            Assert.Equal(artifact.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
        }
    }

    private TrialOutcome Train(TrialSpecification trial, RecordingObserver? observer = null) =>
        Trainer.Train(trial, Some.Environment(_folder.Path), observer ?? new RecordingObserver(), default);

    private static double Value(TrialOutcome outcome, int epoch, string name) =>
        outcome.Metrics.Single(metric => metric.Epoch == epoch && metric.Name == name).Value;
}
