using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Catalogue;

/// <summary>Every parameter that a manifest can fix or vary.</summary>
public static class ParameterCatalogue
{
    private static readonly ImmutableArray<ParameterDefinition> BuiltIn =
    [
        DatasetSelection.Dataset,
        DatasetSelection.Validation,
        DatasetSelection.WithoutClass,
        .. DatasetCatalogue.Entries.SelectMany(entry => entry.Parameters).Distinct(),
        ModelParameters.Family,
        ModelParameters.Encoder,
        ModelParameters.Decoder,
        ModelParameters.Latent,
        EvaluationParameters.DecodeAt,
        ModelParameters.Depth,
        ModelParameters.Width,
        .. NetworkCatalogue.All.SelectMany(network => network.OwnParameters),
        ModelParameters.Activation,
        ModelParameters.Dropout,
        ObjectiveParameters.Likelihood,
        ObjectiveParameters.Variance,
        ObjectiveParameters.OutputActivation,
        ObjectiveParameters.Beta,
        ObjectiveParameters.Reduction,
        ObjectiveParameters.DivergenceReduction,
        ModelParameters.MonteCarloSamples,
        .. ModelCatalogue.All.SelectMany(family => family.OwnParameters),
        TrainingParameters.LearningRate,
        TrainingParameters.Schedule,
        TrainingParameters.BatchSize,
        TrainingParameters.AdamBeta1,
        TrainingParameters.AdamEpsilon,
        TrainingParameters.WeightDecay,
        ModelParameters.Init,
        TrainingParameters.Patience,
        TrainingParameters.Monitor,
        TrainingParameters.MinDelta,
        .. DeviceOptions.Parameters,
        EvaluationParameters.SampleQuality,
    ];

    private static readonly ImmutableDictionary<string, ParameterDefinition> ByName =
        BuiltIn.ToImmutableDictionary(definition => definition.Name, StringComparer.Ordinal);

    private static readonly ImmutableDictionary<ParameterDefinition, int> Places =
        BuiltIn.Select((definition, place) => (definition, place)).ToImmutableDictionary(x => x.definition, x => x.place);

    /// <summary>All of them, in the order in which the reference lists them; those that scripts added come last.</summary>
    public static ImmutableArray<ParameterDefinition> All => [.. BuiltIn, .. LoadedExtensions.Parameters.Items];

    /// <summary>The definition of a name, or null.</summary>
    public static ParameterDefinition? Find(string name) =>
        ByName.GetValueOrDefault(name) ?? LoadedExtensions.Parameters.Find(name)?.Item;

    /// <summary>Definitions in the order of <see cref="All"/>, each once.</summary>
    internal static ImmutableArray<ParameterDefinition> InOrder(IEnumerable<ParameterDefinition> definitions) =>
        [.. definitions.Distinct().OrderBy(definition => Places.GetValueOrDefault(definition, BuiltIn.Length))];
}
