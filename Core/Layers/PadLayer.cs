using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>Zeros around a square image: <c>[c, h, h] → [c, side, side]</c>; an odd row or column goes below or right.</summary>
internal sealed record PadLayer(long From, long Side) : Layer
{
    public override string Type => FormattableString.Invariant($"Pad {Side}×{Side}");

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [input[0], Side, Side];

    public override nn.Module<Tensor, Tensor> Create() => new Padding(From, Side);

    private sealed class Padding(long from, long side) : nn.Module<Tensor, Tensor>(nameof(Padding))
    {
        private readonly long _before = (side - from) / 2;
        private readonly long _after = side - from - (side - from) / 2;

        public override Tensor forward(Tensor input) => nn.functional.pad(input, [_before, _after, _before, _after]);
    }
}
