using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>What stands behind the sums of every hidden layer.</summary>
/// <param name="Activation">One of <see cref="Activations"/>.</param>
/// <param name="Dropout">The share of units that a training step leaves out.</param>
internal sealed record HiddenUnits(string Activation, double Dropout)
{
    /// <summary>The activation of the seed documents' networks.</summary>
    public const string Rectified = "relu";

    private const string LeakyRectified = "leaky-relu";

    /// <summary>The names that a manifest can choose.</summary>
    public static ImmutableArray<string> Activations { get; } = [Rectified, LeakyRectified, "tanh"];

    /// <summary>The parameters that it reads.</summary>
    public static IEnumerable<ParameterDefinition> Reads => [ModelParameters.Activation, ModelParameters.Dropout];

    /// <summary>The hidden units that a configuration names.</summary>
    public static HiddenUnits Of(ParameterSet parameters) =>
        new(parameters.Get(ModelParameters.Activation), parameters.Get(ModelParameters.Dropout));

    /// <summary>The activation's layer.</summary>
    public Layer Active => Activation switch
    {
        Rectified => new ReluLayer(),
        LeakyRectified => new LeakyReluLayer(),
        _ => new TanhLayer(),
    };

    /// <summary>The layer that drops units while training; none where nothing is dropped.</summary>
    public ImmutableArray<Layer> Dropped => Dropout > 0 ? [new DropoutLayer(Dropout)] : [];
}
