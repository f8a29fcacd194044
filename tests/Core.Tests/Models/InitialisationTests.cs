using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Files;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Models;

[Collection("torch")]
public sealed class InitialisationTests
{
    [Fact]
    public void The_same_seed_gives_the_same_weights_whatever_was_drawn_before()
    {
        var first = Digest(Some.Configuration, 7);
        randn(5).Dispose();

        Assert.Equal(first, Digest(Some.Configuration, 7));
        Assert.NotEqual(first, Digest(Some.Configuration, 8));
    }

    [Fact]
    public void Glorot_weights_lie_within_their_bound_and_fill_it_and_biases_are_zero()
    {
        var parameters = Some.Configuration.With(ModelParameters.Init, "keras");
        using var scope = NewDisposeScope();
        using var model = Build(parameters, 3);
        var weights = model.state_dict();
        var bound = Math.Sqrt(6.0 / (784 + 24));

        var largest = weights["encoder.1.weight"].abs().max().item<float>();

        Assert.InRange(largest, 0.99 * bound, bound * 1.000001);
        Assert.Equal(0f, weights["encoder.1.bias"].abs().max().item<float>());
    }

    private static string Digest(ParameterSet parameters, ulong seed)
    {
        using var model = Build(parameters, seed);
        return WeightsFile.Digest(WeightsFile.Of(model));
    }

    private static Model Build(ParameterSet parameters, ulong seed) =>
        Initialisation.Build(ModelCatalogue.Of(parameters), parameters, DatasetFacts.Of(parameters).Shape, seed);
}
