using System.Collections.Immutable;

namespace Orchestrator.Core.Contracts;

/// <summary>What to train: everything a trial's result depends on, and how far.</summary>
public sealed record TrialSpecification
{
    /// <summary>The trial's content id: 64 lower-case hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The configuration: data set, model, objective and training parameters.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>The seed that every random number of the trial derives from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The epochs at which the trial is read, ascending; the last is its budget.</summary>
    public required ImmutableArray<int> Epochs { get; init; }

    /// <summary>The identity of the data that the trial was planned with; null asks for no check.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>The last epoch to train.</summary>
    public int Budget => Epochs[^1];
}
