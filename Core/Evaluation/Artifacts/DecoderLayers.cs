using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Core.Layers;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The layers of a decoder as another program can follow them: types, sizes and weights.</summary>
internal static class DecoderLayers
{
    /// <summary>True where each layer is of a type that <see cref="Of"/> describes.</summary>
    public static bool AreKnown(ImmutableArray<Layer> layers) => layers.All(layer => layer is
        LinearLayer or ReluLayer or UnflattenLayer or ConvolutionLayer or TransposedConvolutionLayer or UpsampleLayer or CropLayer
        or ResidualLayer or LogScaleLayer);

    /// <summary>The layers of a part's plan with the weights of its module.</summary>
    public static IEnumerable<DecoderLayer> Of(ImmutableArray<Layer> layers, nn.Module<Tensor, Tensor> module)
    {
        var weights = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        for (var i = 0; i < layers.Length; i++)
        {
            // A single layer is the part itself, and its weights bear no number.
            var prefix = layers.Length == 1 ? "" : i.ToString(CultureInfo.InvariantCulture) + ".";
            // A learned variance is no pixel.
            if (layers[i] is not LogScaleLayer)
                yield return Describe(layers[i], name => weights[prefix + name]);
        }
    }

    private static DecoderLayer Describe(Layer layer, Func<string, Tensor> weights) => layer switch
    {
        LinearLayer linear => new("linear", [("in", linear.Inputs), ("out", linear.Outputs)], Pair(weights)),
        ReluLayer => new("relu", [], []),
        UnflattenLayer unflatten => new("unflatten", [("channels", unflatten.Shape[0]), ("height", unflatten.Shape[1]), ("width", unflatten.Shape[2])], []),
        ConvolutionLayer convolution => new(
            "conv", Sizes(convolution.Inputs, convolution.Outputs, convolution.Kernel, convolution.Stride, convolution.Padding), Pair(weights)),
        TransposedConvolutionLayer transposed => new(
            "conv-transpose",
            [
                .. Sizes(transposed.Inputs, transposed.Outputs, transposed.Kernel, transposed.Stride, transposed.Padding),
                ("outputPadding", transposed.OutputPadding),
            ],
            Pair(weights)),
        UpsampleLayer upsample => new("upsample", [("side", upsample.Side)], []),
        CropLayer crop => new("crop", [("before", (crop.From - crop.Side) / 2), ("side", crop.Side)], []),
        ResidualLayer residual => new("residual", Sizes(residual.Channels, residual.Channels, 3, 1, 1),
        [
            .. Pair(name => weights("path.1." + name)),
            .. Pair(name => weights("path.3." + name)).Select(entry => (entry.Name + "2", entry.Values)),
        ]),
        _ => throw new InvalidOperationException($"{layer.Type} is no known layer: the decoder was not checked"),
    };

    private static ImmutableArray<(string, long)> Sizes(long inputs, long outputs, long kernel, long stride, long padding) =>
        [("in", inputs), ("out", outputs), ("kernel", kernel), ("stride", stride), ("padding", padding)];

    private static ImmutableArray<(string Name, float[] Values)> Pair(Func<string, Tensor> weights) =>
        [("weight", Host(weights("weight"))), ("bias", Host(weights("bias")))];

    private static float[] Host(Tensor values) => values.detach().cpu().contiguous().data<float>().ToArray();
}
