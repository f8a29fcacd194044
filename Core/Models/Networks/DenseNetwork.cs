using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>Dense layers with ReLU between them; the decoder mirrors the encoder.</summary>
public sealed class DenseNetwork : Network
{
    /// <summary>Widths of the hidden layers, one by one.</summary>
    public static Parameter<ImmutableArray<int>> Hidden { get; } = new()
    {
        Name = "hidden",
        Section = ParameterSection.Model,
        Description = "units of each hidden layer of a dense encoder, in place of depth and width, or of the dense layers after convolutions; [] for none",
        Minimum = 1,
        Maximum = 65536,
    };

    /// <summary>Widths of the decoder's hidden layers.</summary>
    public static Parameter<ImmutableArray<int>> DecoderHidden { get; } = new()
    {
        Name = "decoder_hidden",
        Section = ParameterSection.Model,
        Description = "units of each dense hidden layer of the decoder, where they do not mirror the encoder's; [] for none",
        Minimum = 1,
        Maximum = 65536,
    };

    /// <inheritdoc/>
    public override string Name => "dense";

    /// <inheritdoc/>
    public override string Description => "dense layers with ReLU; the decoder mirrors the encoder";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [Hidden, DecoderHidden];

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
        [.. parameters.Contains(Hidden.Name) ? [Hidden] : new ParameterDefinition[] { ModelParameters.Depth, ModelParameters.Width }, .. HiddenUnits.Reads];

    internal override IEnumerable<ParameterDefinition> DecoderReads(ParameterSet parameters) =>
        parameters.Contains(DecoderHidden.Name) ? [DecoderHidden, .. HiddenUnits.Reads] : Reads(parameters);

    internal override ImmutableArray<Layer> Features(ParameterSet parameters, ImageShape image) => [new FlattenLayer()];

    internal override ImmutableArray<int> Dense(ParameterSet parameters) => parameters.Contains(Hidden.Name)
        ? parameters.Get(Hidden)
        : [.. Enumerable.Repeat(parameters.Get(ModelParameters.Width), parameters.Get(ModelParameters.Depth))];

    internal override ImmutableArray<Layer> Decoder(ParameterSet parameters, long inputs, ImageShape output)
    {
        ImmutableArray<int> widths = parameters.Contains(DecoderHidden.Name)
            ? parameters.Get(DecoderHidden)
            : [.. Dense(parameters).Reverse()];
        return
        [
            .. DenseChain.Of(inputs, widths, HiddenUnits.Of(parameters)),
            new LinearLayer(widths is [.., var width] ? width : inputs, output.Pixels),
            new UnflattenLayer([output.Channels, output.Height, output.Width]),
        ];
    }
}
