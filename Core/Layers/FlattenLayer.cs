using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>One vector out of an image: <c>[c, h, w] → [c·h·w]</c>.</summary>
internal sealed record FlattenLayer : Layer
{
    public override string Type => "Flatten";

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [input.Aggregate(1L, (product, size) => product * size)];

    public override nn.Module<Tensor, Tensor> Create() => nn.Flatten();
}
