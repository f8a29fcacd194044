using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;

namespace Orchestrator.Core.Models.Networks;

/// <summary>Every architecture of encoder and decoder.</summary>
public static class NetworkCatalogue
{
    /// <summary>The decoder's name where it is the encoder's architecture.</summary>
    internal const string Mirror = "mirror";

    /// <summary>All of them, in the order in which the reference lists them.</summary>
    public static ImmutableArray<Network> All { get; } =
    [
        new DenseNetwork(),
        new ConvNetwork(),
        new ResidualNetwork(),
    ];

    /// <summary>The architecture of the encoder that a checked configuration names.</summary>
    internal static Network Of(ParameterSet parameters) => Named(parameters.Get(ModelParameters.Encoder));

    /// <summary>The architecture of the decoder.</summary>
    internal static Network OfDecoder(ParameterSet parameters) =>
        parameters.Get(ModelParameters.Decoder) is var name && name == Mirror ? Of(parameters) : Named(name);

    /// <summary>The parameters that encoder and decoder read.</summary>
    internal static IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
    [
        ModelParameters.Encoder, .. Of(parameters).Reads(parameters),
        ModelParameters.Decoder, .. OfDecoder(parameters).DecoderReads(parameters),
    ];

    /// <summary>What makes encoder or decoder impossible, each problem once.</summary>
    internal static IEnumerable<Problem> Check(ParameterSet parameters, ImageShape image) =>
        Of(parameters).Check(parameters, image).Concat(OfDecoder(parameters).CheckDecoder(parameters, image)).Distinct();

    private static Network Named(string name) => All.First(network => network.Name == name);
}
