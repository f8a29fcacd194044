using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>tanh x, element by element.</summary>
internal sealed record TanhLayer : Layer
{
    public override string Type => "Tanh";

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => input;

    public override nn.Module<Tensor, Tensor> Create() => nn.Tanh();
}
