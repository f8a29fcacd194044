using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>Dense layers with ReLU between them; the decoder mirrors the encoder.</summary>
public sealed class DenseNetwork : Network
{
    /// <summary>Widths of the hidden layers, one by one.</summary>
    public static Parameter<ImmutableArray<int>> Hidden { get; } = new()
    {
        Name = "hidden",
        Section = ParameterSection.Model,
        Description = "units of each hidden layer of a dense encoder, in place of depth and width; [] for none",
        Minimum = 1,
        Maximum = 65536,
    };

    /// <inheritdoc/>
    public override string Name => "dense";

    /// <inheritdoc/>
    public override string Description => "dense layers with ReLU; the decoder mirrors the encoder";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters => [Hidden];

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
        parameters.Contains(Hidden.Name) ? [Hidden] : [Parameters.Depth, Parameters.Width];

    internal override ImmutableArray<Layer> Encoder(ParameterSet parameters, ImageShape image) =>
        [new FlattenLayer(), .. Chain(image.Pixels, Widths(parameters))];

    internal override ImmutableArray<Layer> Decoder(ParameterSet parameters, long inputs, ImageShape output)
    {
        int[] widths = [.. Widths(parameters).Reverse()];
        var last = widths is [.., var width] ? width : inputs;
        return
        [
            .. Chain(inputs, widths),
            new LinearLayer(last, output.Pixels),
            new UnflattenLayer([output.Channels, output.Height, output.Width]),
        ];
    }

    private static IEnumerable<int> Widths(ParameterSet parameters) => parameters.Contains(Hidden.Name)
        ? parameters.Get(Hidden)
        : Enumerable.Repeat(parameters.Get(Parameters.Width), parameters.Get(Parameters.Depth));

    private static IEnumerable<Layer> Chain(long inputs, IEnumerable<int> widths)
    {
        foreach (var width in widths)
        {
            yield return new LinearLayer(inputs, width);
            yield return new ReluLayer();
            inputs = width;
        }
    }
}
