using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>A convolution with bias: <c>[inputs, h, w] → [outputs, h', w']</c>.</summary>
internal sealed record ConvolutionLayer(long Inputs, long Outputs, long Kernel, long Stride, long Padding) : Layer
{
    public override string Type => FormattableString.Invariant($"Conv2d {Inputs}→{Outputs} k{Kernel} s{Stride} p{Padding}");

    public override long Parameters => (Inputs * Kernel * Kernel + 1) * Outputs;

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [Outputs, Size(input[1]), Size(input[2])];

    public override nn.Module<Tensor, Tensor> Create() =>
        nn.Conv2d(Inputs, Outputs, Kernel, stride: Stride, padding: Padding);

    private long Size(long input) => (input + 2 * Padding - Kernel) / Stride + 1;
}
