using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>
/// The nearest pixel, to a given side: <c>[c, h, w] → [c, side, side]</c>. It undoes any pooling, also of an odd side that
/// no doubling leads back to (1 → 3 → 7 → 14 → 28).
/// </summary>
internal sealed record UpsampleLayer(long Side) : Layer
{
    public override string Type => FormattableString.Invariant($"Upsample {Side}×{Side}");

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [input[0], Side, Side];

    public override nn.Module<Tensor, Tensor> Create() => nn.Upsample([Side, Side]);
}
