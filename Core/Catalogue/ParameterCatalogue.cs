using System.Collections.Immutable;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Catalogue;

/// <summary>Every parameter that a manifest can fix or vary.</summary>
public static class ParameterCatalogue
{
    /// <summary>All of them, in the order in which the reference lists them.</summary>
    public static ImmutableArray<ParameterDefinition> All { get; } =
    [
        Parameters.Dataset,
        Parameters.Validation,
        Parameters.Family,
        Parameters.Encoder,
        Parameters.Latent,
        Parameters.Depth,
        Parameters.Width,
        Parameters.Likelihood,
        Parameters.Beta,
        Parameters.LearningRate,
        Parameters.BatchSize,
    ];

    private static readonly ImmutableDictionary<string, ParameterDefinition> ByName =
        All.ToImmutableDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>The definition of a name, or null.</summary>
    public static ParameterDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
