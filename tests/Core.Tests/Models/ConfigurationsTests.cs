using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Models;

public sealed class ConfigurationsTests
{
    private static readonly ParameterSet Mnist = ParameterSet.Empty.With(DatasetSelection.Dataset, "mnist");

    [Fact]
    public void Every_default_is_a_value_that_its_definition_allows()
    {
        var wrong = ParameterCatalogue.All.Where(p => p.DefaultValue is { } value && p.Check(value) is not null);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Names_in_the_catalogue_are_unique_and_no_own_parameter_is_forgotten()
    {
        Assert.Equal(ParameterCatalogue.All.Length, ParameterCatalogue.All.Select(p => p.Name).Distinct().Count());
        Assert.All(Families(), family => Assert.All(Configurations.Active(family), p => Assert.Same(p, ParameterCatalogue.Find(p.Name))));
    }

    [Fact]
    public void An_autoencoder_does_not_read_the_weight_of_the_kl()
    {
        Assert.DoesNotContain(ObjectiveParameters.Beta, Configurations.Active(Mnist.With(ModelParameters.Family, "ae")));
        Assert.Contains(ObjectiveParameters.Beta, Configurations.Active(Mnist.With(ModelParameters.Family, "vae")));
    }

    [Fact]
    public void Hidden_widths_take_the_place_of_depth_and_width()
    {
        var given = Configurations.Active(Mnist.With(DenseNetwork.Hidden, [8]));
        var not = Configurations.Active(Mnist);

        Assert.Contains(DenseNetwork.Hidden, given);
        Assert.DoesNotContain(ModelParameters.Depth, given);
        Assert.DoesNotContain(DenseNetwork.Hidden, not);
        Assert.Contains(ModelParameters.Width, not);
    }

    [Fact]
    public void The_variance_is_read_by_the_gaussian_likelihood_alone()
    {
        Assert.Contains(ObjectiveParameters.Variance, Configurations.Active(Mnist.With(ObjectiveParameters.Likelihood, "gaussian")));
        Assert.DoesNotContain(ObjectiveParameters.Variance, Configurations.Active(Mnist.With(ObjectiveParameters.Likelihood, "mse")));
    }

    [Theory]
    [InlineData("mnist", 6, "from 1 to 5")]
    [InlineData("shapes", 16, "from 1 to 5")]
    [InlineData("dsprites", 7, "from 1 to 6")]
    public void A_depth_that_the_image_cannot_carry_is_named_with_the_largest_that_works(string dataset, int depth, string remedy)
    {
        var parameters = Mnist.With(DatasetSelection.Dataset, dataset).With(ModelParameters.Encoder, "conv").With(ModelParameters.Width, 1);

        var problem = Assert.Single(Configurations.Check(parameters.With(ModelParameters.Depth, depth)));

        Assert.Equal("depth", problem.Where);
        Assert.Contains(remedy, problem.Remedy, StringComparison.Ordinal);
        var deepest = int.Parse(remedy[^1..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Empty(Configurations.Check(parameters.With(ModelParameters.Depth, deepest)));
    }

    [Fact]
    public void A_validation_set_that_leaves_nothing_and_a_batch_that_is_too_large_are_problems()
    {
        var all = Assert.Single(Configurations.Check(Mnist.With(DatasetSelection.Validation, 60_000)));
        var batch = Assert.Single(Configurations.Check(Mnist.With(DatasetSelection.Validation, 59_000).With(TrainingParameters.BatchSize, 1001)));

        Assert.Equal(("validation", "Choose at most 59999."), (all.Where, all.Remedy));
        Assert.Equal(("batch_size", "Choose at most 1000."), (batch.Where, batch.Remedy));
    }

    [Fact]
    public void An_absurd_size_is_refused_before_anything_is_allocated()
    {
        var problem = Assert.Single(Configurations.Check(Mnist.With(ModelParameters.Width, 16384).With(ModelParameters.Depth, 16)));

        Assert.Contains("8,080,065,328", problem.Cause, StringComparison.Ordinal);
        Assert.Contains("500,000,000", problem.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_latent_of_zero_is_refused_by_its_definition()
    {
        Assert.NotNull(ModelParameters.Latent.Check(new ParameterValue.Integer(0)));
    }

    [Fact]
    public void The_implied_beta_stands_in_the_summary()
    {
        var summary = Configurations.Describe(Mnist.With(ObjectiveParameters.Likelihood, "mse").With(ObjectiveParameters.Reduction, "mean")).Summary;

        Assert.Contains("implied β = 784 (392 against a Gaussian of variance 1)", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_schedule_that_knows_the_last_epoch_makes_results_depend_on_the_budget()
    {
        Assert.Null(Configurations.BudgetDependence(Mnist));
        Assert.NotNull(Configurations.BudgetDependence(Mnist.With(TrainingParameters.Schedule, "cosine")));
    }

    [Theory]
    [InlineData("shapes")]
    [InlineData("dsprites")]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    public void Facts_of_a_data_set_are_those_of_its_images(string name)
    {
        Assert.SkipWhen(
            name.Contains("mnist", StringComparison.Ordinal) && Environment.GetEnvironmentVariable("ORCHESTRATOR_DATA") is null,
            "ORCHESTRATOR_DATA names no folder");
        var parameters = Mnist.With(DatasetSelection.Dataset, name);

        var data = DatasetFacts.Load(parameters, null, CancellationToken.None);

        Assert.Equal(DatasetFacts.Of(parameters), new(new(data.Shape, data.ClassCount), data.Train.Count));
        Assert.Equal(data.Fingerprint, Configurations.DataFingerprint(parameters, null));
    }

    private static IEnumerable<ParameterSet> Families() =>
        ModelParameters.Family.Choices.Select(family => Mnist.With(ModelParameters.Family, family));
}
