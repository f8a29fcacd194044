using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using static TorchSharp.torch;

namespace Orchestrator.Core.Layers;

/// <summary>
/// One layer as data: the layer table, the exact parameter count and the module all come from it, so that a model can
/// be described and refused before a byte is allocated. Shapes are without the batch dimension.
/// </summary>
internal abstract record Layer
{
    /// <summary>The type with its own settings, such as <c>Linear 784→32</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Trainable parameters.</summary>
    public virtual long Parameters => 0;

    /// <summary>The shape that comes out for one image.</summary>
    public abstract ImmutableArray<long> OutputShape(ImmutableArray<long> input);

    /// <summary>The rows of the layer table: one, unless a layer holds others.</summary>
    public virtual IEnumerable<LayerDescription> Describe(string group, string name, ImmutableArray<long> input) =>
        [new LayerDescription(group, name, Type, OutputShape(input), Parameters)];

    /// <summary>A module with fresh weights, drawn from torch's generator as PyTorch draws them.</summary>
    public abstract nn.Module<Tensor, Tensor> Create();
}
