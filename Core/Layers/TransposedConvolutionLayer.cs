using System.Collections.Immutable;
using Orchestrator.Core.Fused;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>
/// A transposed convolution with bias: <c>[inputs, h, w] → [outputs, h', w']</c>. Output padding adds a row and a
/// column at one side, so that an odd and an even size can both be restored.
/// </summary>
internal sealed record TransposedConvolutionLayer(
    long Inputs, long Outputs, long Kernel, long Stride, long Padding, long OutputPadding) : Layer
{
    public override string Type => FormattableString.Invariant(
        $"ConvTranspose2d {Inputs}→{Outputs} k{Kernel} s{Stride} p{Padding} op{OutputPadding}");

    public override long Parameters => (Inputs * Kernel * Kernel + 1) * Outputs;

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [Outputs, Size(input[1]), Size(input[2])];

    public override nn.Module<Tensor, Tensor> Create() => TensorOperations.Current.Tune(
        nn.ConvTranspose2d(Inputs, Outputs, Kernel, stride: Stride, padding: Padding, output_padding: OutputPadding));

    private long Size(long input) => (input - 1) * Stride - 2 * Padding + Kernel + OutputPadding;
}
