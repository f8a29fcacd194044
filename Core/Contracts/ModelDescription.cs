using System.Collections.Immutable;

namespace Orchestrator.Core.Contracts;

/// <summary>One layer of a described model.</summary>
/// <param name="Part">The part of the model it belongs to: <c>encoder</c>, <c>decoder</c>, <c>discriminator</c>, ...</param>
/// <param name="Name">Its name in the state dictionary.</param>
/// <param name="Type">Its type with its own settings, such as <c>Conv2d 1→32 k3 s2 p1</c>.</param>
/// <param name="OutputShape">The shape it gives for one image, without the batch dimension.</param>
/// <param name="Parameters">Trainable parameters of its own.</param>
public sealed record LayerDescription(string Part, string Name, string Type, ImmutableArray<long> OutputShape, long Parameters);

/// <summary>A model as tables and diagrams show it.</summary>
/// <param name="Family">The model family's name.</param>
/// <param name="Summary">One sentence: what it is and how it is scored, with the implied β.</param>
/// <param name="Layers">Its layers, in order of evaluation.</param>
public sealed record ModelDescription(string Family, string Summary, ImmutableArray<LayerDescription> Layers)
{
    /// <summary>Trainable parameters in all.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Trainable parameters of one part.</summary>
    public long ParametersOf(string part) => Layers.Where(layer => layer.Part == part).Sum(layer => layer.Parameters);
}
