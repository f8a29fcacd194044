using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Evaluation;

[Collection("torch")]
public sealed class EvaluatorTests
{
    [Fact]
    public void The_same_weights_give_the_same_figures_whatever_was_drawn_before()
    {
        using var data = Data();
        using var model = Build(Some.Configuration);

        var first = Evaluator.Evaluate(model, data.Validation, 5, default);
        randn(3).Dispose();

        Assert.Equal(first.AsEnumerable(), Evaluator.Evaluate(model, data.Validation, 5, default));
        Assert.NotEqual(first.AsEnumerable(), Evaluator.Evaluate(model, data.Validation, 6, default));
    }

    [Fact]
    public void Figures_over_batches_are_those_of_the_whole_set_at_once()
    {
        var parameters = Some.Configuration.With(ModelParameters.Family, "ae");
        using var data = Data();
        using var model = (Autoencoder)Build(parameters);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var all = data.Test.Batch(0, data.Test.Count);
        var logits = model.Decode(model.Encode(all).Mean, null);
        var reconstruction = model.Likelihood.NegativeLogLikelihood(logits, all.Images).mean().item<float>();
        var mse = (logits.sigmoid() - all.Images).square().mean().item<float>();

        var figures = Evaluator.Evaluate(model, data.Test, 5, default).ToDictionary(f => f.Quantity, f => f.Value);

        Assert.Equal(reconstruction, figures["reconstruction"], 2);
        Assert.Equal(mse, figures["mse"], 5);
    }

    [Fact]
    public void Evaluation_leaves_the_model_in_training_mode()
    {
        using var data = Data();
        using var model = Build(Some.Configuration);

        Evaluator.Evaluate(model, data.Validation, 5, default);

        Assert.True(model.training);
    }

    [Fact]
    public void Ids_of_metrics_are_unique_and_found()
    {
        Assert.Equal(MetricCatalogue.All.Length, MetricCatalogue.All.Select(metric => metric.Name).Distinct().Count());
        Assert.Equal(MetricDirection.Maximize, MetricCatalogue.Find("val/elbo")!.Direction);
        Assert.Null(MetricCatalogue.Find("val/nonsense"));
    }

    private static TrialData Data() => new(DatasetFacts.Load(Some.Configuration, null, default), 9000, 1, CPU);

    private static Model Build(ParameterSet parameters) =>
        Initialisation.Build(ModelCatalogue.Of(parameters), parameters, DatasetFacts.Of(parameters).Shape, 1);
}
