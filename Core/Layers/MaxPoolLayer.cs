using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>The largest of each 2x2 pixels: <c>[c, h, w] → [c, ⌊h/2⌋, ⌊w/2⌋]</c>; an odd last row or column is dropped.</summary>
internal sealed record MaxPoolLayer : Layer
{
    public override string Type => "MaxPool2d 2";

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [input[0], input[1] / 2, input[2] / 2];

    public override nn.Module<Tensor, Tensor> Create() => nn.MaxPool2d(2);
}
