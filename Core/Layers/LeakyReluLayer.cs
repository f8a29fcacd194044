using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>max(0.2 x, x), element by element: the slope of Radford, Metz and Chintala (2016).</summary>
internal sealed record LeakyReluLayer : Layer
{
    private const double Slope = 0.2;

    public override string Type => FormattableString.Invariant($"LeakyReLU {Slope}");

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => input;

    public override nn.Module<Tensor, Tensor> Create() => nn.LeakyReLU(Slope);
}
