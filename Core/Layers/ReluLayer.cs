using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>max(0, x), element by element.</summary>
internal sealed record ReluLayer : Layer
{
    public override string Type => "ReLU";

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => input;

    public override nn.Module<Tensor, Tensor> Create() => new RectifiedUnits();
}
