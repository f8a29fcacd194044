using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>
/// Convolutions 3x3 of stride 2 with a residual block after each (He et al. 2016); the decoder mirrors them with a block
/// before each transposed convolution. A VAE on it is the ResVAE.
/// </summary>
public sealed class ResidualNetwork : Network
{
    private const long Kernel = 3;
    private const long Padding = 1;

    /// <inheritdoc/>
    public override string Name => "resnet";

    /// <inheritdoc/>
    public override string Description => "convolutions that halve the image, each with a residual block; the decoder mirrors them";

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) => [ModelParameters.Depth, ModelParameters.Width];

    internal override IEnumerable<ParameterDefinition> DecoderReads(ParameterSet parameters) => Reads(parameters);

    internal override IEnumerable<Problem> Check(ParameterSet parameters, ImageShape image)
    {
        if (image.Height != image.Width)
        {
            yield return new Problem(
                ModelParameters.Encoder.Name,
                $"The residual network takes square images; these are {image}.",
                "Choose the encoder 'dense'.");
        }
        var (depth, deepest) = (parameters.Get(ModelParameters.Depth), new ConvSides(image.Height, RoundsDown: false).Deepest);
        if (depth > deepest)
        {
            yield return new Problem(
                ModelParameters.Depth.Name,
                FormattableString.Invariant($"{depth} halvings are asked for, but images of {image} are one pixel wide after {deepest}."),
                FormattableString.Invariant($"Choose a depth from 1 to {deepest}."));
        }
    }

    internal override IEnumerable<Problem> CheckDecoder(ParameterSet parameters, ImageShape image) => Check(parameters, image);

    internal override ImmutableArray<Layer> Features(ParameterSet parameters, ImageShape image)
    {
        var channels = Channels(parameters, image);
        return
        [
            .. Enumerable.Range(0, channels.Count - 1).SelectMany(stage => new Layer[]
            {
                new ConvolutionLayer(channels[stage], channels[stage + 1], Kernel, 2, Padding),
                new ResidualLayer(channels[stage + 1]),
            }),
            new ReluLayer(),
            new FlattenLayer(),
        ];
    }

    internal override ImmutableArray<int> Dense(ParameterSet parameters) => [];

    internal override ImmutableArray<Layer> Decoder(ParameterSet parameters, long inputs, ImageShape output)
    {
        var channels = Channels(parameters, output);
        var sides = new ConvSides(output.Height, RoundsDown: false).After(Enumerable.Repeat(true, channels.Count - 1));
        ImmutableArray<long> deepest = [channels[^1], sides[^1], sides[^1]];
        return
        [
            new LinearLayer(inputs, deepest[0] * deepest[1] * deepest[2]),
            new UnflattenLayer(deepest),
            .. Enumerable.Range(0, channels.Count - 1).Reverse().SelectMany(stage => new Layer[]
            {
                new ResidualLayer(channels[stage + 1]),
                new ReluLayer(),
                new TransposedConvolutionLayer(
                    channels[stage + 1], channels[stage], Kernel, 2, Padding, 1 - sides[stage] % 2),
            }),
        ];
    }

    private static IReadOnlyList<long> Channels(ParameterSet parameters, ImageShape image) =>
    [
        image.Channels,
        .. Enumerable.Range(0, parameters.Get(ModelParameters.Depth)).Select(stage => (long)parameters.Get(ModelParameters.Width) << stage),
    ];
}
