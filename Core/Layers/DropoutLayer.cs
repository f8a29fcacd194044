using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>
/// Sets values to zero at random while training and scales the others up by as much (Srivastava et al. 2014); passes
/// everything on in evaluation.
/// </summary>
/// <param name="Share">The chance of each value to be left out.</param>
internal sealed record DropoutLayer(double Share) : Layer
{
    public override string Type => FormattableString.Invariant($"Dropout {Share:G6}");

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => input;

    public override nn.Module<Tensor, Tensor> Create() => nn.Dropout(Share);
}
