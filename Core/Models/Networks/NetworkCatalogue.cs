using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Models.Networks;

/// <summary>Every architecture of encoder and decoder.</summary>
public static class NetworkCatalogue
{
    /// <summary>All of them, in the order in which the reference lists them.</summary>
    public static ImmutableArray<Network> All { get; } =
    [
        new DenseNetwork(),
        new ConvNetwork(),
    ];

    /// <summary>The architecture that a checked configuration names.</summary>
    internal static Network Of(ParameterSet parameters)
    {
        var name = parameters.Get(Parameters.Encoder);
        return All.First(network => network.Name == name);
    }
}
