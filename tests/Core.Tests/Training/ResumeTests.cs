using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Files;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Training;

/// <summary>An interrupted training ends with the same bytes as one that was left alone.</summary>
[Collection("torch")]
public sealed class ResumeTests(ResumeTests.Undisturbed undisturbed) : IClassFixture<ResumeTests.Undisturbed>
{
    private const int Batches = 8;
    private const int Epochs = 3;

    public static TheoryData<string, int[]> Interruptions
    {
        get
        {
            var data = new TheoryData<string, int[]>();
            foreach (var model in Configurations.Keys)
            {
                data.Add(model, [3]);
                data.Add(model, [Batches]);
                data.Add(model, [1, Batches + 5, (2 * Batches) + 7]);
            }
            return data;
        }
    }

    private static Dictionary<string, ParameterSet> Configurations { get; } = new()
    {
        ["dense vae with warm-up"] = Some.Configuration.With(ObjectiveParameters.BetaWarmup, 2.0),
        ["dense ae"] = Some.Configuration.With(ModelParameters.Family, "ae").With(ObjectiveParameters.Likelihood, "mse"),
        ["denoising ae"] = Some.Configuration.With(ModelParameters.Family, "dae"),
        ["conv vae with cosine schedule"] = Some.Convolutional.With(TrainingParameters.Schedule, "cosine"),
        ["conv ae"] = Some.Convolutional.With(ModelParameters.Family, "ae"),
        ["conv vae with batch norm and pooling"] = Some.Convolutional
            .With(ConvNetwork.BatchNorm, "after").With(ConvNetwork.Downsampling, "pool").With(ObjectiveParameters.FreeBits, 0.1),
        ["residual vae with two samples"] = Some.Convolutional.With(ModelParameters.Encoder, "resnet").With(ModelParameters.MonteCarloSamples, 2),
        ["denoising ae with the noisy target"] = Some.Configuration.With(ModelParameters.Family, "dae")
            .With(DenoisingFamily.Target, "noisy").With(DenoisingFamily.Noise, "salt-pepper"),
        ["cvae"] = Some.Configuration.With(ModelParameters.Family, "cvae").With(ObjectiveParameters.Likelihood, "continuous-bernoulli"),
        ["capacity vae"] = Some.Configuration.With(ModelParameters.Family, "capacity-vae").With(CapacityFamily.CapacityEpochs, 2.0),
        ["info vae"] = Some.Configuration.With(ModelParameters.Family, "info-vae"),
        ["vamp vae"] = Some.Configuration.With(ModelParameters.Family, "vamp-vae").With(VampPriorFamily.PseudoInputs, 7),
        ["flow vae with learned variance"] = Some.Configuration.With(ModelParameters.Family, "flow-vae").With(ObjectiveParameters.Likelihood, "gaussian-learned"),
        ["label vae with few labels"] = Some.Configuration.With(ModelParameters.Family, "label-vae").With(LabelledFamily.LabelledFraction, 0.1)
            .With(ObjectiveParameters.BetaWarmup, 0.5).With(ObjectiveParameters.BetaCycle, 1.5),
        ["dense vae with dropout"] = Some.Configuration.With(ModelParameters.Dropout, 0.2).With(ModelParameters.Activation, "tanh"),
        ["conv vae with dropout"] = Some.Convolutional.With(ModelParameters.Dropout, 0.2),
        ["gan with centred pixels, leaky units and dropout"] = Some.Configuration.With(ModelParameters.Family, "gan")
            .With(AdversarialFamily.CentredPixels, true).With(ModelParameters.Activation, "leaky-relu").With(ModelParameters.Dropout, 0.3).With(TrainingParameters.AdamBeta1, 0.5),
        ["gan"] = Some.Configuration.With(ModelParameters.Family, "gan").With(AdversarialFamily.Prior, "uniform"),
    };

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void Interrupted_trainings_end_with_the_bytes_of_undisturbed_ones(string model, int[] steps)
    {
        using var interrupted = new TemporaryFolder();
        var trial = Some.Trial(Configurations[model], 1, Epochs);
        var (expected, folder) = undisturbed.Training(model, trial);

        var outcomes = steps.Select(step => TrainUntil(step, trial, interrupted.Path)).ToList();
        var actual = Trainer.Train(trial, Some.Environment(interrupted.Path), new RecordingObserver(), default);

        Assert.All(outcomes, outcome => Assert.Equal(AttemptOutcome.Preempted, outcome.Outcome));
        Assert.Equal((AttemptOutcome.Completed, steps.Length), (actual.Outcome, actual.Interruptions));
        Assert.Equal(expected.WeightsDigest, actual.WeightsDigest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
        Assert.Equal(expected.Artifacts.AsEnumerable(), actual.Artifacts);
        AssertSameOptimizers(folder, interrupted);
    }

    [Fact]
    public void A_training_killed_without_warning_goes_on_from_its_last_checkpoint()
    {
        using var undisturbed = new TemporaryFolder();
        using var killed = new TemporaryFolder();
        var trial = Some.Trial(null, Epochs);
        var expected = Trainer.Train(trial, Some.Environment(undisturbed.Path), new RecordingObserver(), default);
        var often = Some.Environment(killed.Path) with { CheckpointEvery = TimeSpan.Zero };
        var killer = new RecordingObserver { OnProgress = p => { if (p is { Epoch: 2, Batch: 4, Stage: "training" }) throw new TimeoutException("killed"); } };
        Assert.Throws<TimeoutException>(() => Trainer.Train(trial, often, killer, default));

        var observer = new RecordingObserver();
        var actual = Trainer.Train(trial, often, observer, default);

        Assert.Equal(1, Assert.Single(observer.Resumptions).Epoch);
        Assert.Equal(4, observer.Reports.First(report => report.Stage == "training").Batch);
        Assert.Equal(expected.WeightsDigest, actual.WeightsDigest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    [Fact]
    public void A_damaged_checkpoint_costs_batches_and_not_a_bit_of_the_result()
    {
        using var undisturbed = new TemporaryFolder();
        using var damaged = new TemporaryFolder();
        var trial = Some.Trial(null, Epochs);
        var expected = Trainer.Train(trial, Some.Environment(undisturbed.Path), new RecordingObserver(), default);
        TrainUntil(5, trial, damaged.Path);
        TrainUntil(13, trial, damaged.Path);
        File.WriteAllBytes(damaged.File("checkpoints", "000001-000005.safetensors"), [1, 2, 3]);

        var actual = Trainer.Train(trial, Some.Environment(damaged.Path), new RecordingObserver(), default);

        Assert.Single(actual.Remarks, remark => remark.Contains("000001-000005", StringComparison.Ordinal));
        Assert.Equal(expected.WeightsDigest, actual.WeightsDigest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    [Fact]
    public void Cancelled_while_validating_it_goes_on_there()
    {
        using var undisturbed = new TemporaryFolder();
        using var interrupted = new TemporaryFolder();
        var trial = Some.Trial(null, Epochs);
        var expected = Trainer.Train(trial, Some.Environment(undisturbed.Path), new RecordingObserver(), default);
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver { OnProgress = p => { if (p is { Epoch: 2, Stage: "validating" }) cancellation.Cancel(); } };

        var first = Trainer.Train(trial, Some.Environment(interrupted.Path), observer, cancellation.Token);
        var actual = Trainer.Train(trial, Some.Environment(interrupted.Path), new RecordingObserver(), default);

        Assert.Equal((AttemptOutcome.Preempted, 1), (first.Outcome, first.EpochsDone));
        Assert.Equal(expected.WeightsDigest, actual.WeightsDigest);
        Assert.Equal(expected.Metrics.AsEnumerable(), actual.Metrics);
    }

    internal static TrialOutcome TrainUntil(int step, TrialSpecification trial, string folder)
    {
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver
        {
            OnProgress = p =>
            {
                if (p.Stage == "training" && (p.Epoch - 1) * Batches + p.Batch == step)
                    cancellation.Cancel();
            },
        };
        return Trainer.Train(trial, Some.Environment(folder), observer, cancellation.Token);
    }

    private static void AssertSameOptimizers(TemporaryFolder expected, TemporaryFolder actual)
    {
        var name = FormattableString.Invariant($"{Epochs:D6}-000000.safetensors");
        var (a, b) = (Read(expected.File("checkpoints", name)), Read(actual.File("checkpoints", name)));
        Assert.Equal(a.Keys, b.Keys);
        Assert.Contains(a.Keys, key => key.StartsWith("optimizer.", StringComparison.Ordinal));
        Assert.All(a, tensor => Assert.Equal(tensor.Value, b[tensor.Key]));
    }

    private static ImmutableSortedDictionary<string, byte[]> Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Safetensors.Read(stream).Tensors.ToImmutableSortedDictionary(t => t.Key, t => t.Value.Bytes.ToArray());
    }

    /// <summary>The trainings that nothing interrupted, one for each model.</summary>
    public sealed class Undisturbed : IDisposable
    {
        private readonly Dictionary<string, (TrialOutcome Outcome, TemporaryFolder Folder)> _trainings = [];

        internal (TrialOutcome Outcome, TemporaryFolder Folder) Training(string model, TrialSpecification trial)
        {
            if (!_trainings.TryGetValue(model, out var training))
            {
                var folder = new TemporaryFolder();
                training = (Trainer.Train(trial, Some.Environment(folder.Path), new RecordingObserver(), default), folder);
                _trainings[model] = training;
            }

            return training;
        }

        public void Dispose()
        {
            foreach (var (_, folder) in _trainings.Values)
                folder.Dispose();
        }
    }
}
