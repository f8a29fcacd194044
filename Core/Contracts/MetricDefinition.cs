namespace Orchestrator.Core.Contracts;

/// <summary>Which way a metric is better.</summary>
public enum MetricDirection
{
    /// <summary>Neither: the figure describes.</summary>
    Neutral,

    /// <summary>Less is better.</summary>
    Minimize,

    /// <summary>More is better.</summary>
    Maximize,
}

/// <summary>What is known of a metric. The id carries its protocol, so that figures of different protocols never meet.</summary>
/// <param name="Name">The id, such as <c>val/elbo</c>: the part of the data (<c>train</c>, <c>val</c>, <c>test</c>) and the quantity.</param>
/// <param name="Unit">The unit, such as <c>nats per image</c>.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Description">One sentence, with the definition.</param>
/// <param name="EveryEpoch">True when it is measured at the end of each epoch, false when only at readings.</param>
public sealed record MetricDefinition(string Name, string Unit, MetricDirection Direction, string Description, bool EveryEpoch);
