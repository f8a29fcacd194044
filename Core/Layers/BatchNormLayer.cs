using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>Batch normalisation of each channel (Ioffe and Szegedy 2015), with a learned scale and shift.</summary>
internal sealed record BatchNormLayer(long Channels) : Layer
{
    public override string Type => FormattableString.Invariant($"BatchNorm2d {Channels}");

    public override long Parameters => 2 * Channels;

    public override ImmutableArray<long> OutputShape(ImmutableArray<long> input) => input;

    public override nn.Module<Tensor, Tensor> Create() => nn.BatchNorm2d(Channels);
}
