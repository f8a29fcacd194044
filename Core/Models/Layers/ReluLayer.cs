using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models.Layers;

/// <summary>max(0, x), element by element.</summary>
internal sealed record ReluLayer : Layer
{
    public override string Type => "ReLU";

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => input;

    // In place: what comes before is a layer with weights, whose gradient needs its input only.
    public override nn.Module<Tensor, Tensor> Create() => nn.ReLU(inplace: true);
}
