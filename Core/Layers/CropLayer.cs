using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>The middle of a square image, which undoes a <see cref="PadLayer"/>: <c>[c, h, h] → [c, side, side]</c>.</summary>
internal sealed record CropLayer(long From, long Side) : Layer
{
    public override string Type => FormattableString.Invariant($"Crop {Side}×{Side}");

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [input[0], Side, Side];

    public override nn.Module<Tensor, Tensor> Create() => new Cropping(From, Side);

    private sealed class Cropping(long from, long side) : nn.Module<Tensor, Tensor>(nameof(Cropping))
    {
        private readonly long _before = (from - side) / 2;

        public override Tensor forward(Tensor input) => input.narrow(2, _before, side).narrow(3, _before, side);
    }
}
