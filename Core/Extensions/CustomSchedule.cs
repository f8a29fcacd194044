using System.Collections.Immutable;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Extensions;

/// <summary>A course of the learning rate of a user's own: a factor for each epoch.</summary>
public sealed record CustomSchedule
{
    /// <summary>The name, as a manifest would write it in <c>schedule</c>: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The parameters that it reads.</summary>
    public ImmutableArray<ParameterDefinition> Reads { get; init; } = [];

    /// <summary>
    /// True where the factor depends on the last epoch. Such a training cannot be continued beyond it: each total of epochs is
    /// a trial of its own.
    /// </summary>
    public bool DependsOnTotal { get; init; }

    /// <summary>The factor on <c>learning_rate</c>: finite and not below 0, a function of what it is given alone.</summary>
    public required Func<ScheduleInput, double> Factor { get; init; }
}
