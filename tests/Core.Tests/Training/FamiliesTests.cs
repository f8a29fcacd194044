using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Training;

/// <summary>What each family's training gives.</summary>
[Collection("torch")]
public sealed class FamiliesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Learners =>
    [
        ("ae", "dense", "bernoulli"), ("dae", "dense", "bernoulli"), ("vae", "dense", "bernoulli"), ("vae", "resnet", "bernoulli"),
        ("vae", "dense", "continuous-bernoulli"), ("vae", "dense", "gaussian-learned"), ("cvae", "conv", "bernoulli"),
        ("capacity-vae", "dense", "bernoulli"), ("info-vae", "dense", "bernoulli"), ("vamp-vae", "dense", "bernoulli"),
        ("flow-vae", "dense", "bernoulli"), ("label-vae", "dense", "bernoulli"),
    ];

    [Theory]
    [MemberData(nameof(Learners))]
    public void A_few_steps_lower_the_reconstruction(string family, string encoder, string likelihood)
    {
        var parameters = (encoder == "dense" ? Some.Configuration : Some.Convolutional)
            .With(ModelParameters.Family, family).With(ModelParameters.Encoder, encoder).With(ObjectiveParameters.Likelihood, likelihood)
            .With(CapacityFamily.Capacity, 2.0).With(VampPriorFamily.PseudoInputs, 10).With(TrainingParameters.LearningRate, 3e-3);

        var outcome = Train(parameters, 3);

        Assert.Equal(AttemptOutcome.Completed, outcome.Outcome);
        Assert.True(Value(outcome, 3, "val/reconstruction") < Value(outcome, 1, "val/reconstruction") - 5);
        Assert.All(outcome.Metrics, metric => Assert.NotNull(MetricCatalogue.Find(metric.Name)));
    }

    [Fact]
    public void A_gan_logs_both_losses_and_leaves_samples_and_nothing_that_makes_no_sense_for_it()
    {
        var outcome = Train(Some.Configuration.With(ModelParameters.Family, "gan"), 2);

        Assert.Equal(AttemptOutcome.Completed, outcome.Outcome);
        Assert.Equal(["train/discriminator_loss", "train/generator_loss"], Some.Names(outcome.Metrics));
        Assert.Equal(["weights", "samples", "decoder", "sprites"], outcome.Artifacts.Select(artifact => artifact.Kind));
        Assert.All(outcome.Metrics, metric => Assert.NotNull(MetricCatalogue.Find(metric.Name)));
    }

    [Fact]
    public void The_discriminator_of_an_untrained_gan_cannot_tell_and_soon_can()
    {
        var outcome = Train(Some.Configuration.With(ModelParameters.Family, "gan").With(TrainingParameters.LearningRate, 1e-3), 4);

        Assert.InRange(Value(outcome, 1, "train/discriminator_loss"), 0.3, 2 * Math.Log(2) + 0.1);
        Assert.True(Value(outcome, 4, "train/discriminator_loss") < Value(outcome, 1, "train/discriminator_loss"));
    }

    [Fact]
    public void Readings_of_a_gan_without_figures_are_not_called_missing()
    {
        var outcome = Train(Some.Configuration.With(ModelParameters.Family, "gan"), 1, 2);

        Assert.Empty(outcome.Remarks);
    }

    [Fact]
    public void Samples_of_a_gan_on_centred_pixels_are_pixels_from_0_to_1()
    {
        var parameters = Some.Configuration.With(ModelParameters.Family, "gan").With(AdversarialFamily.CentredPixels, true);
        using var scope = NewDisposeScope();
        using var model = Initialisation.Build(ModelCatalogue.Of(parameters), parameters, DatasetFacts.Of(parameters).Shape, 1);

        var images = ((IGenerator)model).Generate(1, 50, CPU).data<float>().ToArray();

        Assert.All(images, pixel => Assert.InRange(pixel, 0f, 1f));
        Assert.Equal(0.5, images.Average(), 0.1);
    }

    [Fact]
    public void Smoothed_labels_keep_the_discriminators_loss_from_vanishing()
    {
        var gan = Some.Configuration.With(ModelParameters.Family, "gan");

        var smooth = Value(Train(gan.With(AdversarialFamily.LabelSmoothing, 0.3), 6), 6, "train/discriminator_loss");

        // With a target of 0.7 no discriminator can fall below the entropy of that target.
        Assert.True(smooth > -0.7 * Math.Log(0.7) - 0.3 * Math.Log(0.3));
    }

    [Fact]
    public void A_capacity_leads_the_kl_to_itself()
    {
        var parameters = Some.Configuration.With(ModelParameters.Family, "capacity-vae").With(CapacityFamily.Capacity, 5.0)
            .With(CapacityFamily.CapacityEpochs, 2.0).With(TrainingParameters.LearningRate, 3e-3);

        var outcome = Train(parameters, 12);

        Assert.InRange(Value(outcome, 12, "train/kl"), 4.5, 5.5);
    }

    [Fact]
    public void More_samples_of_the_posterior_are_another_training_with_the_same_meaning()
    {
        var one = Train(Some.Configuration, 2);
        using var other = new TemporaryFolder();
        var five = Trainer.Train(
            Some.Trial(Some.Configuration.With(ModelParameters.MonteCarloSamples, 5), 2), Some.Environment(other.Path), new RecordingObserver(), default);

        Assert.NotEqual(one.WeightsDigest, five.WeightsDigest);
        Assert.Equal(1.0, Value(five, 2, "val/elbo") / Value(one, 2, "val/elbo"), 1);
    }

    [Fact]
    public void A_noisy_target_scores_against_what_the_encoder_saw()
    {
        var dae = Some.Configuration.With(ModelParameters.Family, "dae").With(DenoisingFamily.NoiseLevel, 0.5)
            .With(TrainingParameters.LearningRate, 3e-3);
        using var other = new TemporaryFolder();

        var clean = Train(dae, 8);
        var noisy = Trainer.Train(
            Some.Trial(dae.With(DenoisingFamily.Target, "noisy"), 8), Some.Environment(other.Path), new RecordingObserver(), default);

        // A black pixel under noise of 0.5 is 0.2 on average: no output scores below about 0.5 nats against it, 390 for all.
        Assert.InRange(Value(noisy, 8, "train/reconstruction"), 350, 450);
        Assert.InRange(Value(clean, 8, "train/reconstruction"), 0, 300);
    }

    [Fact]
    public void A_denoising_autoencoder_is_scored_on_noisy_input_and_on_clean_input_beside_it()
    {
        var outcome = Train(Some.Configuration.With(ModelParameters.Family, "dae").With(DenoisingFamily.NoiseLevel, 0.5).With(TrainingParameters.LearningRate, 3e-3), 8);
        using var other = new TemporaryFolder();
        var without = Trainer.Train(
            Some.Trial(Some.Configuration.With(ModelParameters.Family, "dae").With(DenoisingFamily.NoiseLevel, 0.0), 2), Some.Environment(other.Path), new RecordingObserver(), default);

        Assert.NotEqual(Value(outcome, 8, "test/mse"), Value(outcome, 8, "test/mse_clean_input"));
        // Seen with the noise that it is trained with, an image of the training loss's kind: both are means of the same error.
        Assert.Equal(1.0, Value(outcome, 8, "test/reconstruction") / Value(outcome, 8, "train/reconstruction"), 0.25);
        Assert.Equal(Value(without, 2, "test/mse"), Value(without, 2, "test/mse_clean_input"), 12);
        Assert.Equal(Value(without, 2, "val/reconstruction"), Value(without, 2, "val/reconstruction_clean_input"), 9);
    }

    private TrialOutcome Train(ParameterSet parameters, params int[] epochs) =>
        Trainer.Train(Some.Trial(parameters, epochs), Some.Environment(_folder.Path), new RecordingObserver(), default);

    private static double Value(TrialOutcome outcome, int epoch, string name) =>
        outcome.Metrics.First(metric => metric.Epoch == epoch && metric.Name == name).Value;
}
