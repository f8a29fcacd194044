using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;

namespace Orchestrator.Core.Catalogue;

/// <summary>Every parameter that a manifest can fix or vary.</summary>
public static class ParameterCatalogue
{
    private static readonly ImmutableArray<ParameterDefinition> BuiltIn =
    [
        Parameters.Dataset,
        Parameters.Validation,
        Parameters.WithoutClass,
        .. DatasetCatalogue.Entries.SelectMany(entry => entry.Parameters).Distinct(),
        Parameters.Family,
        Parameters.Encoder,
        Parameters.Decoder,
        Parameters.Latent,
        Parameters.DecodeAt,
        Parameters.Depth,
        Parameters.Width,
        .. NetworkCatalogue.All.SelectMany(network => network.OwnParameters),
        Parameters.Activation,
        Parameters.Dropout,
        Parameters.Likelihood,
        Parameters.Variance,
        Parameters.OutputActivation,
        Parameters.Beta,
        Parameters.Reduction,
        Parameters.DivergenceReduction,
        Parameters.MonteCarloSamples,
        .. ModelCatalogue.All.SelectMany(family => family.OwnParameters),
        Parameters.LearningRate,
        Parameters.Schedule,
        Parameters.BatchSize,
        Parameters.AdamBeta1,
        Parameters.AdamEpsilon,
        Parameters.WeightDecay,
        Parameters.Init,
        Parameters.Patience,
        Parameters.Monitor,
        Parameters.MinDelta,
        .. DeviceOptions.Parameters,
        Parameters.SampleQuality,
    ];

    private static readonly ImmutableDictionary<string, ParameterDefinition> ByName =
        BuiltIn.ToImmutableDictionary(definition => definition.Name, StringComparer.Ordinal);

    private static readonly ImmutableDictionary<ParameterDefinition, int> Places =
        BuiltIn.Select((definition, place) => (definition, place)).ToImmutableDictionary(x => x.definition, x => x.place);

    /// <summary>All of them, in the order in which the reference lists them; those that scripts added come last.</summary>
    public static ImmutableArray<ParameterDefinition> All => [.. BuiltIn, .. ExtensionCatalogue.Parameters];

    /// <summary>The definition of a name, or null.</summary>
    public static ParameterDefinition? Find(string name) =>
        ByName.GetValueOrDefault(name) ?? ExtensionCatalogue.Parameters.FirstOrDefault(definition => definition.Name == name);

    /// <summary>Definitions in the order of <see cref="All"/>, each once.</summary>
    internal static ImmutableArray<ParameterDefinition> InOrder(IEnumerable<ParameterDefinition> definitions) =>
        [.. definitions.Distinct().OrderBy(definition => Places.GetValueOrDefault(definition, BuiltIn.Length))];
}
