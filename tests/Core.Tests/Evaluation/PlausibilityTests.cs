using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Plausibility;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Evaluation;

[Collection("torch")]
public sealed class PlausibilityTests
{
    private static readonly ImageShape Two = new(1, 1, 2);

    [Fact]
    public void The_floor_of_grey_pixels_is_their_entropy_and_says_nothing_of_different_images()
    {
        var images = new ImageSet(Two, new byte[] { 0, 51, 255, 51 });

        var levels = ImageLevels.Of(images, [0, 1]);

        Assert.Equal(-.2 * Math.Log(.2) - .8 * Math.Log(.8), levels.PixelEntropy, 12);
        Assert.Null(levels.DistinctEntropy);
    }

    [Fact]
    public void The_ceiling_of_black_and_white_images_is_ln_n_less_what_duplicates_save()
    {
        var images = new ImageSet(Two, new byte[] { 0, 255, 255, 0, 255, 255, 0, 255 });

        Assert.Equal(Math.Log(3), ImageLevels.Of(images, [0, 1, 2]).DistinctEntropy!.Value, 12);
        Assert.Equal(.5 * Math.Log(2) + .5 * Math.Log(4), ImageLevels.Of(images, [0, 1, 2, 3]).DistinctEntropy!.Value, 12);
    }

    [Theory]
    [InlineData("test/reconstruction", -0.01)]
    [InlineData("test/elbo", -2.0)]
    [InlineData("val/kl", -1.0)]
    [InlineData("test/mse", -0.01)]
    [InlineData("test/active_units", 4.0)]
    [InlineData("test/knn5.mean.n2000", 1.01)]
    [InlineData("test/psnr.mean.n2000", double.PositiveInfinity)]
    public void An_impossible_figure_is_stopped_with_its_bound(string name, double value)
    {
        var error = Assert.Throws<ImplausibleFigureException>(() => Gate(Some.Configuration).Pass([new MetricValue(3, name, value)]).ToList());

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("epoch 3 is impossible: at", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_at_their_bounds_pass()
    {
        MetricValue[] figures =
        [
            new(1, "test/reconstruction", 0), new(1, "test/elbo", -Math.Log(2000) + Math.Log(3)), new(1, "val/kl", -1e-6),
            new(1, "test/mse", 0), new(1, "test/active_units", 3), new(1, "train/loss", -1e9), new(1, "test/knn5.mean.n2000", 1),
        ];

        Assert.Equal(figures, Gate(Some.Configuration).Pass(figures));
    }

    [Fact]
    public void A_gaussian_is_held_against_a_perfect_reconstruction()
    {
        var gate = Gate(Some.Configuration.With(ObjectiveParameters.Likelihood, "gaussian").With(ObjectiveParameters.Variance, 0.01));
        var perfect = 784 * 0.5 * Math.Log(2 * Math.PI * 0.01);

        Assert.Single(gate.Pass([new MetricValue(1, "val/reconstruction", perfect)]));
        Assert.Throws<ImplausibleFigureException>(() => gate.Pass([new MetricValue(1, "val/reconstruction", perfect - 1)]).ToList());
    }

    [Fact]
    public async Task The_seed_documents_impossible_loss_is_caught()
    {
        // "Loss 0.10" per pixel, said of a deterministic autoencoder: below the entropy of Fashion-MNIST's pixels.
        var dataset = await global::Core.Tests.Data.RealData.LoadOrSkip("fashion-mnist");
        var parameters = Some.Configuration.With(DatasetSelection.Dataset, "fashion-mnist").With(ModelParameters.Family, "ae");
        using var data = new TrialData(dataset, 5000, 1, CPU);
        using var model = SomeModel.Build(parameters, 1);
        var gate = PlausibilityGate.Of(model, data);

        Assert.Throws<ImplausibleFigureException>(() => gate.Pass([new MetricValue(50, "test/reconstruction", 0.10 * 784)]).ToList());
        Assert.Single(gate.Pass([new MetricValue(50, "test/reconstruction", 0.28 * 784)]));
    }

    [Fact]
    public void Units_that_never_fire_are_counted_layer_by_layer()
    {
        using var data = Data();
        using var model = SomeModel.Build(Some.Configuration.With(DenseNetwork.Hidden, [24, 6]), 1);
        using (no_grad())
        {
            // A bias that no input can lift: 5 units of the second layer.
            model.named_parameters().Single(entry => entry.name == "encoder.3.bias").parameter.narrow(0, 0, 5).fill_((Scalar)(-1e6));
        }

        var layers = DeadUnits.Count(model, data);

        Assert.Equal(["encoder.2", "encoder.4", "decoder.1", "decoder.3"], layers.Select(layer => layer.Layer));
        Assert.Equal((5, 6), (layers[1].Dead, layers[1].Units));
        Assert.True(layers[0].Dead < 24);
    }

    [Fact]
    public void Channels_are_the_units_of_a_convolution()
    {
        using var data = Data();
        using var model = SomeModel.Build(Some.Convolutional, 1);

        Assert.Equal(4, DeadUnits.Count(model, data)[0].Units);
    }

    [Theory]
    [InlineData(false, "posterior collapse")]
    [InlineData(true, "not posterior collapse")]
    public void A_collapse_is_told_from_dead_units(bool dead, string expected)
    {
        using var model = SomeModel.Build(Some.Configuration.With(ModelParameters.Latent, 64), 1);

        var remark = Assert.Single(Verdicts.Collapse(
            model, new Dictionary<string, double> { ["test/active_units"] = 4 }, dead ? [new("encoder.2", 29, 30)] : []));

        Assert.Contains("64 latents, information of about 4", remark, StringComparison.Ordinal);
        Assert.Contains(expected, remark, StringComparison.Ordinal);
        Assert.Equal(dead, remark.Contains("not posterior", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_is_no_better_than_the_mean_image_is_named()
    {
        using var folder = new TemporaryFolder();
        var crushed = Some.Configuration.With(ObjectiveParameters.Beta, 1e4);

        var outcome = Trainer.Train(Some.Trial(crushed, 8), Some.Environment(folder.Path), new RecordingObserver(), default);

        Assert.Equal(AttemptOutcome.Completed, outcome.Outcome);
        Assert.Contains(outcome.Remarks, remark => remark.Contains("mean image", StringComparison.Ordinal));
        Assert.Contains(outcome.Remarks, remark => remark.Contains("3 latents, information of about 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vae", "test/mse")]
    [InlineData("dae", "test/mse_clean_input")]
    public void A_model_that_a_linear_code_of_its_size_beats_is_named(string family, string figure)
    {
        using var model = SomeModel.Build(Some.Configuration.With(ModelParameters.Family, family), 1);
        IEnumerable<string> Verdict(double error) => Verdicts.LinearCode(
            model, new Dictionary<string, double> { [figure] = error, ["test/mse.pca"] = 0.02 });

        Assert.Contains("the best linear code of 3 dimensions has 0.02", Assert.Single(Verdict(0.021)), StringComparison.Ordinal);
        Assert.Empty(Verdict(0.0199));
    }

    private static PlausibilityGate Gate(ParameterSet parameters)
    {
        using var data = Data();
        using var model = SomeModel.Build(parameters, 1);
        return PlausibilityGate.Of(model, data);
    }

    private static TrialData Data() => new(DatasetFacts.Load(Some.Configuration, null, default), 9000, 1, CPU);
}
