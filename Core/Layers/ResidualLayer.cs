using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>A residual block x + conv(ReLU(conv(ReLU(x)))) of 3x3 convolutions (He et al. 2016, the pre-activation form).</summary>
internal sealed record ResidualLayer(long Channels) : Layer
{
    public override string Type => FormattableString.Invariant($"Residual {Channels}");

    public override long Parameters => 2 * (Channels * 9 + 1) * Channels;

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => input;

    public override nn.Module<Tensor, Tensor> Create() => new Block(Channels);

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _path;

        public Block(long channels)
            : base(nameof(Block))
        {
            _path = nn.Sequential(
                new RectifiedUnits(), nn.Conv2d(channels, channels, 3, padding: 1), new RectifiedUnits(), nn.Conv2d(channels, channels, 3, padding: 1));
            register_module("path", _path);
        }

        // The path's first ReLU works in place, and the sum needs what came before it.
        public override Tensor forward(Tensor input) => input + _path.call(input.clone());
    }
}
