using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Layers;

namespace Orchestrator.Core.Models.Networks;

/// <summary>
/// Convolutions with ReLU that halve the image stage by stage, then dense layers where <c>hidden</c> asks for them. The
/// decoder mirrors them and restores every side on the way: by the output padding of transposed convolutions, or, after
/// pooling, by taking the nearest pixel to exactly the side that was pooled.
/// </summary>
public sealed class ConvNetwork : Network
{
    /// <summary>Channels of each convolution.</summary>
    public static Parameter<ImmutableArray<int>> Channels { get; } = new()
    {
        Name = "channels",
        Section = ParameterSection.Model,
        Description = "channels of each convolution of the encoder, in place of depth and width",
        Minimum = 1,
        Maximum = 16384,
    };

    /// <summary>Stride of each convolution.</summary>
    public static Parameter<ImmutableArray<int>> Strides { get; } = new()
    {
        Name = "strides",
        Section = ParameterSection.Model,
        Description = "stride of each convolution that channels names, 1 or 2; without it each halves the image",
        Minimum = 1,
        Maximum = 2,
    };

    /// <summary>Channels of the decoder's convolutions.</summary>
    public static Parameter<ImmutableArray<int>> DecoderChannels { get; } = new()
    {
        Name = "decoder_channels",
        Section = ParameterSection.Model,
        Description = "channels of the decoder's transposed convolutions, one for each halving it undoes, before a last one of stride 1 to the image; without it the decoder mirrors the encoder",
        Minimum = 1,
        Maximum = 16384,
    };

    /// <summary>Side of the kernels.</summary>
    public static Parameter<int> Kernel { get; } = new(3)
    {
        Name = "kernel",
        Section = ParameterSection.Model,
        Description = "side of the convolutions' kernels",
        Minimum = 3,
        Maximum = 7,
    };

    /// <summary>How the image is halved.</summary>
    public static Parameter<string> Downsampling { get; } = new("stride")
    {
        Name = "downsampling",
        Section = ParameterSection.Model,
        Description = "how convolutions halve the image: stride (of 2) or pool (the maximum of 2x2; the decoder then takes the nearest pixel)",
        Choices = ["stride", "pool"],
    };

    /// <summary>Batch normalisation in the encoder.</summary>
    public static Parameter<string> BatchNorm { get; } = new("none")
    {
        Name = "batch_norm",
        Section = ParameterSection.Model,
        Description = "batch normalisation in a convolutional encoder: none, before each ReLU, or after it (and after the pooling)",
        Choices = ["none", "before", "after"],
    };

    /// <summary>The side that images are padded to.</summary>
    public static Parameter<int> PadTo { get; } = new(0)
    {
        Name = "pad_to",
        Section = ParameterSection.Model,
        Description = "side that a convolutional network pads images to with zeros; its decoder cuts the border off again; 0 for no padding",
        Minimum = 0,
        Maximum = 1024,
    };

    /// <inheritdoc/>
    public override string Name => "conv";

    /// <inheritdoc/>
    public override string Description => "convolutions that halve the image and double the channels; the decoder mirrors them";

    /// <inheritdoc/>
    public override ImmutableArray<ParameterDefinition> OwnParameters =>
        [Channels, Strides, DecoderChannels, Kernel, Downsampling, BatchNorm, PadTo];

    internal override IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) =>
        [.. Convolutions(parameters), BatchNorm, .. Given(parameters, DenseNetwork.Hidden)];

    internal override IEnumerable<ParameterDefinition> DecoderReads(ParameterSet parameters) =>
    [
        .. Convolutions(parameters), .. Given(parameters, DecoderChannels),
        .. parameters.Contains(DenseNetwork.DecoderHidden.Name)
            ? [DenseNetwork.DecoderHidden]
            : Given(parameters, DenseNetwork.Hidden),
    ];

    internal override IEnumerable<Problem> Check(ParameterSet parameters, ImageShape image) =>
        ConvProblems.Of(parameters, image);

    internal override IEnumerable<Problem> CheckDecoder(ParameterSet parameters, ImageShape image)
    {
        ImmutableArray<Problem> problems = [.. ConvProblems.Of(parameters, image)];
        return problems.IsEmpty ? ConvProblems.OfDecoder(parameters, image) : problems;
    }

    internal override ImmutableArray<Layer> Features(ParameterSet parameters, ImageShape image)
    {
        var stages = ConvStages.Of(parameters, image);
        var (norm, units) = (parameters.Get(BatchNorm), HiddenUnits.Of(parameters));
        var layers = ImmutableArray.CreateBuilder<Layer>();
        if (stages.Sides[0] != image.Height)
            layers.Add(new PadLayer(image.Height, stages.Sides[0]));
        for (var stage = 0; stage < stages.Count; stage++)
        {
            var (channels, stride) = (stages.Channels[stage + 1], stages.Halves(stage) && !stages.Pools ? 2 : 1);
            layers.Add(new ConvolutionLayer(stages.Channels[stage], channels, stages.Kernel, stride, stages.Padding));
            if (norm == "before")
                layers.Add(new BatchNormLayer(channels));
            layers.Add(units.Active);
            if (stages.Pools)
                layers.Add(new MaxPoolLayer());
            if (norm == "after")
                layers.Add(new BatchNormLayer(channels));
            layers.AddRange(units.Dropped);
        }
        layers.Add(new FlattenLayer());
        return layers.ToImmutable();
    }

    internal override ImmutableArray<int> Dense(ParameterSet parameters) =>
        parameters.Contains(DenseNetwork.Hidden.Name) ? parameters.Get(DenseNetwork.Hidden) : [];

    internal override ImmutableArray<Layer> Decoder(ParameterSet parameters, long inputs, ImageShape output)
    {
        var (stages, units) = (ConvStages.Of(parameters, output), HiddenUnits.Of(parameters));
        ImmutableArray<int> widths = parameters.Contains(DenseNetwork.DecoderHidden.Name)
            ? parameters.Get(DenseNetwork.DecoderHidden)
            : [.. Dense(parameters).Reverse()];
        ImmutableArray<long> deepest = [stages.Channels[^1], stages.Sides[^1], stages.Sides[^1]];
        return
        [
            .. DenseChain.Of(inputs, widths, units),
            new LinearLayer(widths is [.., var width] ? width : inputs, deepest[0] * deepest[1] * deepest[2]),
            units.Active,
            .. units.Dropped,
            new UnflattenLayer(deepest),
            .. parameters.Contains(DecoderChannels.Name)
                ? ConvDecoder.Own(stages, units, parameters.Get(DecoderChannels))
                : ConvDecoder.Mirrored(stages, units),
            .. stages.Sides[0] == output.Height ? [] : new Layer[] { new CropLayer(stages.Sides[0], output.Height) },
        ];
    }

    private static IEnumerable<ParameterDefinition> Convolutions(ParameterSet parameters) =>
    [
        .. parameters.Contains(Channels.Name) ? [Channels] : new ParameterDefinition[] { ModelParameters.Depth, ModelParameters.Width },
        .. parameters.Contains(Channels.Name) && parameters.Get(Downsampling) == "stride" ? Given(parameters, Strides) : [],
        Kernel, Downsampling, PadTo, .. HiddenUnits.Reads,
    ];

    private static IEnumerable<ParameterDefinition> Given(ParameterSet parameters, ParameterDefinition definition) =>
        parameters.Contains(definition.Name) ? [definition] : [];
}
