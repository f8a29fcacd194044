using System.Collections.Immutable;
using System.Numerics;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>
/// Convolutions 3x3 of stride 2 with ReLU: each halves the image (rounding up) and doubles the channels. The decoder
/// mirrors them with transposed convolutions whose output padding restores every size on the way.
/// </summary>
public sealed class ConvNetwork : Network
{
    private const long Kernel = 3;
    private const long Stride = 2;
    private const long Padding = 1;

    /// <inheritdoc/>
    public override string Name => "conv";

    /// <inheritdoc/>
    public override string Description => "convolutions that halve the image and double the channels; the decoder mirrors them";

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) => [Parameters.Depth, Parameters.Width];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, ImageShape image)
    {
        if (image.Height != image.Width)
        {
            yield return new Problem(
                Parameters.Encoder.Name,
                $"The convolutional network takes square images; these are {image}.",
                "Choose the encoder 'dense'.");
        }
        var depth = parameters.Get(Parameters.Depth);
        var deepest = Deepest(image);
        if (depth > deepest)
        {
            yield return new Problem(
                Parameters.Depth.Name,
                FormattableString.Invariant($"{depth} halvings are asked for, but images of {image} are one pixel wide after {deepest}."),
                FormattableString.Invariant($"Choose a depth from 1 to {deepest}."));
        }
    }

    internal override ImmutableArray<Layer> Encoder(ParameterSet parameters, ImageShape image)
    {
        var layers = ImmutableArray.CreateBuilder<Layer>();
        long channels = image.Channels;
        foreach (var next in Channels(parameters))
        {
            layers.Add(new ConvolutionLayer(channels, next, Kernel, Stride, Padding));
            layers.Add(new ReluLayer());
            channels = next;
        }
        layers.Add(new FlattenLayer());
        return layers.ToImmutable();
    }

    internal override ImmutableArray<Layer> Decoder(ParameterSet parameters, long inputs, ImageShape output)
    {
        long[] channels = [output.Channels, .. Channels(parameters)];
        var sides = Halvings(output.Height, channels.Length);
        ImmutableArray<long> deepest = [channels[^1], sides[^1], sides[^1]];
        List<Layer> layers = [new LinearLayer(inputs, deepest[0] * deepest[1] * deepest[2]), new ReluLayer(), new UnflattenLayer(deepest)];
        for (var stage = channels.Length - 1; stage > 0; stage--)
        {
            layers.Add(new TransposedConvolutionLayer(
                channels[stage], channels[stage - 1], Kernel, Stride, Padding, OutputPadding(sides[stage - 1])));
            if (stage > 1)
                layers.Add(new ReluLayer());
        }
        return [.. layers];
    }

    /// <summary>Halvings, rounded up, until the image is one pixel.</summary>
    private static int Deepest(ImageShape image) => BitOperations.Log2((uint)image.Height * 2 - 1);

    private static IEnumerable<long> Channels(ParameterSet parameters) =>
        Enumerable.Range(0, parameters.Get(Parameters.Depth)).Select(stage => (long)parameters.Get(Parameters.Width) << stage);

    private static long[] Halvings(long size, int count) =>
        [.. Enumerable.Range(0, count).Select(halvings => Enumerable.Repeat(0, halvings).Aggregate(size, (s, _) => (s + 1) / 2))];

    private static long OutputPadding(long restored) => restored % 2 == 0 ? 1 : 0;
}
