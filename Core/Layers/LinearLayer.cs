using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>A dense layer with bias: <c>[inputs] → [outputs]</c>.</summary>
internal sealed record LinearLayer(long Inputs, long Outputs) : Layer
{
    public override string Type => FormattableString.Invariant($"Linear {Inputs}→{Outputs}");

    public override long Parameters => (Inputs + 1) * Outputs;

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => [Outputs];

    public override nn.Module<Tensor, Tensor> Create() => nn.Linear(Inputs, Outputs);
}
