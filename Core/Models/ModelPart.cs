using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Layers;
using static TorchSharp.torch;

namespace Orchestrator.Core.Models;

/// <summary>A chain of layers that is one entry of the state dictionary.</summary>
/// <param name="Name">Its name there, such as <c>encoder</c> or <c>log_variance</c>.</param>
/// <param name="Group">The part of the model that people count it to, such as <c>encoder</c>.</param>
/// <param name="Input">The shape that goes in for one image.</param>
/// <param name="Layers">In order of evaluation.</param>
internal sealed record ModelPart(string Name, string Group, ImmutableArray<long> Input, ImmutableArray<Layer> Layers)
{
    /// <summary>The shape that comes out for one image.</summary>
    public ImmutableArray<long> Output => Layers.Aggregate(Input, (shape, layer) => layer.OutputShape(shape));

    /// <summary>Trainable parameters.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>The rows of the layer table.</summary>
    public IEnumerable<LayerDescription> Describe()
    {
        var shape = Input;
        for (var i = 0; i < Layers.Length; i++)
        {
            foreach (var row in Layers[i].Describe(Group, LayerName(i), shape))
                yield return row;
            shape = Layers[i].OutputShape(shape);
        }
    }

    /// <summary>The module: the layer itself where there is one, else a sequence with PyTorch's names 0, 1, 2, ...</summary>
    public nn.Module<Tensor, Tensor> Create() => Layers.Length == 1
        ? Layers[0].Create()
        : nn.Sequential([.. Layers.Select((layer, i) => (i.ToString(CultureInfo.InvariantCulture), layer.Create()))]);

    private string LayerName(int index) => Layers.Length == 1 ? Name : FormattableString.Invariant($"{Name}.{index}");
}
