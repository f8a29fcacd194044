using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Objectives;
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
        ("ae", "dense", "mse", "mean"), ("dae", "dense", "bernoulli", "sum"), ("vae", "resnet", "continuous-bernoulli", "sum"),
        ("vae", "dense", "gaussian-learned", "sum"), ("cvae", "dense", "bernoulli", "sum"), ("cvae", "conv", "bernoulli", "sum"),
        ("capacity-vae", "dense", "bernoulli", "sum"), ("info-vae", "dense", "bernoulli", "sum"), ("vamp-vae", "dense", "bernoulli", "sum"),
        ("flow-vae", "dense", "bernoulli", "sum"), ("label-vae", "dense", "bernoulli", "sum"), ("gan", "dense", "bernoulli", "sum"),
    ];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Gradients_are_those_of_finite_differences(string family, string encoder, string likelihood, string reduction)
    {
        var parameters = ParameterSet.Empty.With(DatasetSelection.Dataset, "shapes").With(ModelParameters.Family, family)
            .With(ModelParameters.Encoder, encoder).With(ModelParameters.Depth, 2).With(ModelParameters.Width, 4).With(ModelParameters.Latent, 3)
            .With(ObjectiveParameters.Likelihood, likelihood).With(ObjectiveParameters.Reduction, reduction)
            .With(ObjectiveParameters.Beta, 2.5).With(ObjectiveParameters.BetaWarmup, 3.0)
            .With(ModelParameters.MonteCarloSamples, 2).With(VampPriorFamily.PseudoInputs, 6);
        using var scope = NewDisposeScope();
        using var model = Initialisation.Build(ModelCatalogue.Of(parameters), parameters, DatasetFacts.Of(parameters).Shape, 5)
            .to(ScalarType.Float64);
        manual_seed(3);
        var batch = new Batch(rand([4, 1, 28, 28], dtype: ScalarType.Float64), tensor(new[] { 2L, 0L, 1L, 1L }), 4);

        foreach (var phase in Enumerable.Range(0, model.Phases.Length))
            CheckGradients(model, batch, phase);
    }

    private static void CheckGradients(Model model, Batch batch, int phase)
    {
        model.zero_grad();
        Loss(model, batch, phase).backward();
        var moved = model.Phases[phase].Parameters.ToHashSet(ReferenceEqualityComparer.Instance);

        foreach (var (name, parameter) in model.named_parameters().Where(p => moved.Contains(p.parameter)))
        {
            var place = parameter.numel() / 2;
            var expected = CentralDifference(model, batch, phase, parameter, place);
            var actual = parameter.grad!.flatten()[place].item<double>();
            Assert.True(Math.Abs(actual - expected) <= 1e-5 * Math.Max(1, Math.Abs(expected)), $"{name}: {actual} and {expected}");
        }
    }

    private static double CentralDifference(Model model, Batch batch, int phase, Tensor parameter, long place)
    {
        const double Width = 1e-5;
        using var guard = no_grad();
        var weight = parameter.view(-1).narrow(0, place, 1);
        weight.add_((Scalar)Width);
        var above = Loss(model, batch, phase).item<double>();
        weight.sub_((Scalar)(2 * Width));
        var below = Loss(model, batch, phase).item<double>();
        weight.add_((Scalar)Width);
        return (above - below) / (2 * Width);
    }

    private static Tensor Loss(Model model, Batch batch, int phase)
    {
        manual_seed(11);
        return model.Phases[phase].Loss(batch, Step).Loss;
    }
}
