using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Objectives;

/// <summary>The gradient of the whole objective, noise and all, against central differences in double precision.</summary>
[Collection("torch")]
public sealed class ObjectiveGradientTests
{
    private static readonly TrainingStep Step = new(7, 10);

    public static TheoryData<string, string, string, string> Objectives =>
    [
        ("vae", "dense", "bernoulli", "sum"), ("vae", "dense", "gaussian", "mean"), ("vae", "conv", "bernoulli", "sum"),
        ("ae", "dense", "mse", "mean"), ("dae", "dense", "bernoulli", "sum"),
    ];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Gradients_are_those_of_finite_differences(string family, string encoder, string likelihood, string reduction)
    {
        var parameters = ParameterSet.Empty.With(Parameters.Dataset, "shapes").With(Parameters.Family, family)
            .With(Parameters.Encoder, encoder).With(Parameters.Depth, 2).With(Parameters.Width, 4).With(Parameters.Latent, 3)
            .With(Parameters.Likelihood, likelihood).With(Parameters.Reduction, reduction)
            .With(Parameters.Beta, 2.5).With(VariationalFamily.BetaWarmup, 3.0);
        using var scope = NewDisposeScope();
        using var model = Initialisation.Build(ModelCatalogue.Of(parameters), parameters, DatasetFacts.Of(parameters).Shape, 5)
            .to(ScalarType.Float64);
        manual_seed(3);
        var batch = new Batch(rand([4, 1, 28, 28], dtype: ScalarType.Float64), null, 4);

        var loss = Loss(model, batch);
        loss.backward();

        foreach (var (name, parameter) in model.named_parameters())
        {
            var place = parameter.numel() / 2;
            var expected = CentralDifference(model, batch, parameter, place);
            var actual = parameter.grad!.flatten()[place].item<double>();
            Assert.True(Math.Abs(actual - expected) <= 1e-5 * Math.Max(1, Math.Abs(expected)), $"{name}: {actual} and {expected}");
        }
    }

    private static double CentralDifference(Model model, Batch batch, Tensor parameter, long place)
    {
        const double Width = 1e-5;
        using var guard = no_grad();
        var weight = parameter.view(-1).narrow(0, place, 1);
        weight.add_((Scalar)Width);
        var above = Loss(model, batch).item<double>();
        weight.sub_((Scalar)(2 * Width));
        var below = Loss(model, batch).item<double>();
        weight.add_((Scalar)Width);
        return (above - below) / (2 * Width);
    }

    private static Tensor Loss(Model model, Batch batch)
    {
        manual_seed(11);
        return model.Phases[0].Loss(batch, Step).Loss;
    }
}
