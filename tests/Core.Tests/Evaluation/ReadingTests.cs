using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Evaluation.Generation;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Evaluation;

[Collection("torch")]
public sealed class ReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Readings_of_labelled_data_with_factors_have_every_figure_and_other_epochs_none()
    {
        var outcome = Trainer.Train(Some.Trial(null, 1, 3), Some.Environment(_folder.Path), new RecordingObserver(), default);

        Assert.Null(outcome.Error);
        foreach (var measure in ReadingEvaluator.Measures.Where(measure => !NotOfThisTrial.Contains(measure)))
        {
            var name = measure.Definition.Name;
            Assert.Equal([1, 3], outcome.Metrics.Where(metric => metric.Name == name).Select(metric => metric.Epoch));
            Assert.All(outcome.Metrics.Where(metric => metric.Name == name), metric => Assert.InRange(metric.Value, measure.Least, measure.Most));
        }
    }

    private static ReadingMeasure[] NotOfThisTrial =>
        [CompressionFigures.Gaussian, CompressionFigures.ContinuousBernoulli, SeparationFigures.Told, .. AnomalyFigures.All, .. SampleFigures.All];

    [Fact]
    public void Figures_of_a_reading_follow_from_weights_and_data_whatever_the_seed()
    {
        var dataset = DatasetFacts.Load(Some.Configuration, null, default);
        using var model = SomeModel.Build(Some.Configuration, 1);
        using var first = new TrialData(dataset, 9000, 1, TorchSharp.torch.CPU);
        using var second = new TrialData(dataset, 9500, 2, TorchSharp.torch.CPU);

        var figures = ReadingEvaluator.Evaluate(model, first, -100, default);

        Assert.NotEmpty(figures);
        Assert.Equal(figures.AsEnumerable(), ReadingEvaluator.Evaluate(model, second, -100, default));
    }

    [Fact]
    public void Bits_per_pixel_is_the_bound_over_pixels_in_bits()
    {
        var outcome = Trainer.Train(Some.Trial(null, 1), Some.Environment(_folder.Path), new RecordingObserver(), default);

        var figures = outcome.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(-figures["test/elbo"] / 784 / Math.Log(2), figures["test/bits_per_pixel.bernoulli"], 12);
    }

    [Fact]
    public void A_gaussian_pays_for_the_steps_between_grey_levels()
    {
        // The density of a uniform pixel is 1: eight bits, up to the missing 256th level.
        var (measure, value) = Assert.Single(CompressionFigures.Of(0, 784, new GaussianLikelihood(1)));

        Assert.Equal(CompressionFigures.Gaussian, measure);
        Assert.Equal(8, value, 0.01);
    }

    [Fact]
    public void The_classifier_of_a_label_vae_is_measured_on_test_images()
    {
        var parameters = Some.Configuration.With(ModelParameters.Family, "label-vae").With(DatasetSelection.Validation, 7000).With(LabelledFamily.LabelWeight, 100.0);

        var outcome = Trainer.Train(Some.Trial(parameters, 1, 6), Some.Environment(_folder.Path), new RecordingObserver(), default);

        double Accuracy(int epoch) => outcome.Metrics.Single(metric => metric.Epoch == epoch && metric.Name == "test/label_accuracy.mean.n2000").Value;
        Assert.InRange(Accuracy(6), Math.Max(0.5, Accuracy(1)), 1.0);
    }

    [Fact]
    public void Every_likelihood_has_bits_per_pixel_and_densities_are_charged_for_the_steps_between_grey_levels()
    {
        Assert.Equal(1, Bits(784 * Math.Log(2), new BernoulliLikelihood()), 9);
        Assert.Equal(1 + Math.Log2(255), Bits(784 * Math.Log(2), new ContinuousBernoulliLikelihood()), 9);
        Assert.Equal(1 + Math.Log2(255), Bits(784 * Math.Log(2), new LearnedGaussianLikelihood()), 9);
    }

    private static double Bits(double nats, Likelihood likelihood) => Assert.Single(CompressionFigures.Of(-nats, 784, likelihood)).Value;

    [Fact]
    public void Every_measure_is_in_the_catalogue_with_its_protocol_and_only_at_readings() =>
        Assert.All(ReadingEvaluator.Measures, measure =>
        {
            var definition = MetricCatalogue.Find("test/" + measure.Quantity)!;
            Assert.False(definition.EveryEpoch);
            Assert.Contains('.', definition.Name);
        });
}
