using System.Collections.Immutable;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Models;

/// <summary>A model as data: what it would consist of, known without building it.</summary>
/// <param name="Summary">One sentence: what it is and how it is scored.</param>
/// <param name="Parts">In order of evaluation.</param>
internal sealed record ModelPlan(string Summary, ImmutableArray<ModelPart> Parts)
{
    /// <summary>
    /// The most parameters a model may have. Beyond it, weights and the optimizer's two moments alone take more than 6 GB,
    /// and one tensor's bytes could pass what a span can address.
    /// </summary>
    public const long MostParameters = 500_000_000;

    /// <summary>Trainable parameters in all.</summary>
    public long Parameters => Parts.Sum(part => part.Parameters);

    /// <summary>The part of a name.</summary>
    public ModelPart Part(string name) => Parts.First(part => part.Name == name);

    /// <summary>The model as tables show it.</summary>
    public ModelDescription Describe(string family) =>
        new(family, Summary, [.. Parts.SelectMany(part => part.Describe())]);
}
