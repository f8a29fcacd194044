using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Extensions;

[Collection("torch")]
public sealed class ExtensionTests : IDisposable
{
    private const string Origin = "test.fsx@0123";

    private static readonly Parameter<int> Hidden = new(12)
    {
        Name = "test_hidden",
        Section = ParameterSection.Model,
        Description = "units",
        Minimum = 1,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        ExtensionCatalogue.Clear();
        _folder.Dispose();
    }

    [Fact]
    public void A_custom_model_trains_with_its_own_metric_schedule_and_parameter_and_repeats_to_the_bit()
    {
        AddModel();
        ExtensionCatalogue.Add(Metric("val/spread", input => input.Mean.std().item<float>()), Origin);
        ExtensionCatalogue.Add(Metric("test/count", input => input.Images.shape[0]), Origin);
        ExtensionCatalogue.Add(new CustomSchedule { Name = "halving", Factor = input => Math.Pow(0.5, input.Epoch - 1) }, Origin);
        var parameters = Custom.With(TrainingParameters.Schedule, "halving").With(Hidden, 9);

        var outcome = Train(parameters, _folder.Path);

        Assert.Equal(AttemptOutcome.Completed, outcome.Outcome);
        Assert.Equal([1, 2], outcome.Metrics.Where(metric => metric.Name == "val/spread").Select(metric => metric.Epoch));
        Assert.Equal(2000, Assert.Single(outcome.Metrics, metric => metric.Name == "test/count").Value);
        Assert.All(outcome.Metrics, metric => Assert.NotNull(MetricCatalogue.Find(metric.Name)));
        Assert.Contains(outcome.Artifacts, artifact => artifact.Kind == "weights");

        using var again = new TemporaryFolder();
        Assert.Equal(outcome.WeightsDigest, Train(parameters, again.Path).WeightsDigest);
        using var other = new TemporaryFolder();
        Assert.NotEqual(outcome.WeightsDigest, Train(parameters.With(TrainingParameters.Schedule, "constant"), other.Path).WeightsDigest);
    }

    [Fact]
    public void The_layer_table_of_a_custom_model_is_measured()
    {
        AddModel();

        var model = Configurations.Describe(Custom.With(Hidden, 9));

        Assert.Equal(["encoder.0", "encoder.1", "decoder.0", "decoder.1"], model.Layers.Select(layer => layer.Name));
        Assert.Equal([9, 1, 28, 28], [model.Layers[1].OutputShape[0] + 3, .. model.Layers[3].OutputShape]);
        Assert.Equal((784 + 1) * 6 + (3 + 1) * 784, model.Parameters);
        Assert.Contains(Origin, model.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void What_uses_an_extension_is_named_after_its_origin_and_what_does_not_is_not()
    {
        Assert.DoesNotContain(Configurations.Active(Some.Configuration), parameter => parameter.Name == "extension");
        AddModel();
        Assert.DoesNotContain(Configurations.Active(Some.Configuration), parameter => parameter.Name == "extension");

        var active = Configurations.Active(Custom);

        Assert.Equal(new ParameterValue.Text(Origin), active.Single(parameter => parameter.IsAlwaysNamed).DefaultValue);
        Assert.Contains(Hidden, active);
        ExtensionCatalogue.Add(Metric("val/spread", _ => 0), Origin);
        Assert.Contains(Configurations.Active(Some.Configuration), parameter => parameter.Name == "extension");
    }

    [Theory]
    [InlineData("test.fsx@9999", "the script has changed")]
    [InlineData(null, "was planned without")]
    public void A_trial_that_was_planned_with_another_text_of_the_script_is_neither_planned_nor_trained(string? planned, string cause)
    {
        AddModel();
        var parameters = planned is null ? Custom.Without("extension") : Custom.With("extension", new ParameterValue.Text(planned));

        Assert.Contains(cause, Assert.Single(Configurations.Check(parameters)).Cause, StringComparison.Ordinal);
        var outcome = Train(parameters, _folder.Path);
        Assert.Equal(AttemptOutcome.Failed, outcome.Outcome);
        Assert.Contains(cause, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_script_a_trial_says_which_one_it_needs()
    {
        var outcome = Train(Custom, _folder.Path);

        Assert.Equal(AttemptOutcome.Failed, outcome.Outcome);
        Assert.Contains($"needs the script {Origin}", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 784, "encoder gives [2, 5] for an input [2, 1, 28, 28], and [2, 6] is needed")]
    [InlineData(6, 783, "decoder gives [2, 783] for an input [2, 3], and [2, 1, 28, 28] is needed")]
    public void A_shape_that_does_not_fit_is_named_before_training(int codes, int pixels, string cause)
    {
        ExtensionCatalogue.Add(Model((_, _) => new(
            nn.Sequential(nn.Flatten(), nn.Linear(784, codes)), nn.Linear(3, pixels))), Origin);

        var problem = Assert.Single(Configurations.Check(Custom));

        Assert.Equal("family", problem.Where);
        Assert.Contains(cause, problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_script_throws_while_it_builds_is_a_problem_of_the_script()
    {
        ExtensionCatalogue.Add(Model((_, _) => throw new InvalidOperationException("no such layer")), Origin);

        Assert.Contains("no such layer", Assert.Single(Configurations.Check(Custom)).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "'val/broken'.*gave NaN at epoch 1")]
    [InlineData(-1.0, "'val/broken'.*failed at epoch 1: negative")]
    public void A_metric_that_fails_fails_the_trial_by_its_name(double value, string error)
    {
        ExtensionCatalogue.Add(Metric("val/broken", _ => value < 0 ? throw new InvalidOperationException("negative") : value), Origin);

        var outcome = Train(Some.Configuration.With("extension", new ParameterValue.Text(Origin)), _folder.Path);

        Assert.Equal(AttemptOutcome.Failed, outcome.Outcome);
        Assert.Matches(error, outcome.Error);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.5)]
    public void A_schedule_without_a_usable_factor_is_a_problem_before_training(double factor)
    {
        ExtensionCatalogue.Add(new CustomSchedule { Name = "wild", Factor = input => input.Epoch < 9 ? 1 : factor }, Origin);
        var parameters = Some.Configuration.With(TrainingParameters.Schedule, "wild").With("extension", new ParameterValue.Text(Origin));

        var problem = Assert.Single(Configurations.Check(parameters));

        Assert.Equal("schedule", problem.Where);
        Assert.Contains("at epoch 9", problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_to_the_last_epoch_makes_each_total_a_training_of_its_own()
    {
        ExtensionCatalogue.Add(new CustomSchedule { Name = "down", DependsOnTotal = true, Factor = input => 1 - (double)input.Epoch / input.Total!.Value }, Origin);

        Assert.Contains("'down'", Configurations.BudgetDependence(Some.Configuration.With(TrainingParameters.Schedule, "down")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latent", "taken")]
    [InlineData("epochs", "taken")]
    [InlineData("Hidden", "could write")]
    public void A_parameter_cannot_take_a_reserved_or_malformed_name(string name, string cause)
    {
        var refusal = Assert.Throws<ProblemException>(() => ExtensionCatalogue.Add(
            new Parameter<int>(1) { Name = name, Section = ParameterSection.Model, Description = "units" }, Origin));

        Assert.Contains(cause, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_models_metrics_and_schedules_are_unique_and_what_is_read_is_in_the_catalogue()
    {
        AddModel();

        Assert.Throws<ProblemException>(AddModelAgain);
        Assert.Throws<ProblemException>(() => ExtensionCatalogue.Add(Model((_, _) => null!) with { Name = "vae" }, Origin));
        Assert.Throws<ProblemException>(() => ExtensionCatalogue.Add(Metric("val/elbo", _ => 0), Origin));
        Assert.Throws<ProblemException>(() => ExtensionCatalogue.Add(Metric("train/loss2", _ => 0), Origin));
        Assert.Throws<ProblemException>(() => ExtensionCatalogue.Add(new CustomSchedule { Name = "cosine", Factor = _ => 1 }, Origin));
        var unknown = new Parameter<int>(1) { Name = "unknown", Section = ParameterSection.Model, Description = "units" };
        Assert.Throws<ProblemException>(() => ExtensionCatalogue.Add(Model((_, _) => null!) with { Name = "other", Reads = [unknown] }, Origin));
    }

    private static ParameterSet Custom { get; } = Some.Configuration.Without("hidden")
        .With(ModelParameters.Family, "test-model").With("extension", new ParameterValue.Text(Origin));

    private static void AddModel()
    {
        ExtensionCatalogue.Add(Hidden, Origin);
        AddModelAgain();
    }

    private static void AddModelAgain() => ExtensionCatalogue.Add(
        Model((parameters, image) => new(
            nn.Sequential(nn.Flatten(), nn.Linear(image.Pixels, 2 * parameters.Get(ModelParameters.Latent))),
            nn.Sequential(nn.Linear(parameters.Get(ModelParameters.Latent), image.Pixels), nn.Unflatten(1, [image.Channels, image.Height, image.Width])))),
        Origin);

    private static CustomModel Model(Func<ParameterSet, Data.ImageShape, CustomModules> build) => new()
    {
        Name = "test-model",
        Description = "a linear model",
        Reads = ParameterCatalogue.Find(Hidden.Name) is { } hidden ? [hidden] : [],
        Build = build,
    };

    private static CustomMetric Metric(string name, Func<MetricInput, double> measure) => new()
    {
        Name = name,
        Unit = "1",
        Direction = MetricDirection.Neutral,
        Description = "of a test",
        Measure = measure,
    };

    private static TrialOutcome Train(ParameterSet parameters, string folder) =>
        Trainer.Train(Some.Trial(parameters, 2), Some.Environment(folder), new RecordingObserver(), default);
}
