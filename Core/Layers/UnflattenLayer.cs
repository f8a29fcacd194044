using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>An image out of one vector: <c>[c·h·w] → [c, h, w]</c>.</summary>
internal sealed record UnflattenLayer(ImmutableArray<long> Shape) : Layer
{
    public override string Type => "Unflatten " + string.Join('×', Shape);

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => Shape;

    public override nn.Module<Tensor, Tensor> Create() => nn.Unflatten(1, [.. Shape]);
}
