using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Extensions;

/// <summary>A metric of a user's own, measured on at most 2,000 images, the same ones at every epoch.</summary>
public sealed record CustomMetric
{
    /// <summary>
    /// The id: <c>val/name</c> is measured at the end of each epoch on validation images, <c>test/name</c> at readings on the
    /// test images that costly figures look at.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Which way is better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>One sentence, with the definition.</summary>
    public required string Description { get; init; }

    /// <summary>The value; it must be finite. Gradients are off, the model is in evaluation mode.</summary>
    public required Func<MetricInput, double> Measure { get; init; }

    /// <summary>The part of the data it is measured on: <c>val</c> or <c>test</c>.</summary>
    internal string Part => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The catalogue's entry.</summary>
    internal MetricDefinition Definition => new(Name, Unit, Direction, Description, EveryEpoch: Part == "val");
}
