using System.Collections.Immutable;
using Orchestrator.Core.Contracts;

namespace Orchestrator.Core.Extensions;

/// <summary>
/// What scripts have added in this process, as the catalogues and the training look it up. What trains or measures
/// differently carries its origin, a text that names the source and its content, into the identity of every trial that uses it.
/// </summary>
public static class LoadedExtensions
{
    /// <summary>The parameter of a trial that says which extension it was trained with.</summary>
    public const string ParameterName = "extension";

    /// <summary>The parameter that chooses a model.</summary>
    internal const string ModelChoice = "family";

    /// <summary>The parameter that chooses a schedule.</summary>
    internal const string ScheduleChoice = "schedule";

    internal static Registry<ParameterDefinition> Parameters { get; } = new(parameter => parameter.Name);

    internal static Registry<CustomModel> Models { get; } = new(model => model.Name);

    internal static Registry<CustomMetric> Metrics { get; } = new(metric => metric.Name);

    internal static Registry<CustomSchedule> Schedules { get; } = new(schedule => schedule.Name);

    /// <summary>The origins of everything that is registered; empty where there are no extensions.</summary>
    public static ImmutableArray<string> Origins =>
        [.. Parameters.Origins.Concat(Models.Origins).Concat(Metrics.Origins).Concat(Schedules.Origins).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The extensions that a configuration uses, as its parameter <c>extension</c>; null where it uses none.</summary>
    internal static ParameterDefinition? ParameterOf(ParameterSet parameters) => OriginOf(parameters) is { } origin
        ? new Parameter<string>(origin)
        {
            Name = ParameterName,
            Section = ParameterSection.Training,
            Description = "the script that added the model, metrics or schedule of this trial, and a digest of its text",
            IsAlwaysNamed = true,
        }
        : null;

    /// <summary>The schedule that a configuration names, or null for a built-in one.</summary>
    internal static CustomSchedule? ScheduleOf(ParameterSet parameters) => Chosen(Schedules, ScheduleChoice, parameters)?.Item;

    /// <summary>
    /// The problem of a configuration that was planned with other extensions than are registered now: it would be trained or
    /// measured differently from what its identity says. Null where they are the same.
    /// </summary>
    public static Problem? Mismatch(ParameterSet parameters)
    {
        var planned = (parameters.Find(ParameterName) as ParameterValue.Text)?.Value;
        var here = OriginOf(parameters);
        return (planned, here) switch
        {
            _ when planned == here => null,
            (null, _) => new Problem(
                ParameterName, $"This was planned without {here}, which is loaded here.", "Leave out the script."),
            (_, null) => new Problem(
                ParameterName,
                $"This needs the script {planned}, and it is not loaded here.",
                "Name the script: orchestrator run SCRIPT.fsx, or --script SCRIPT.fsx with another command."),
            _ => new Problem(
                ParameterName,
                $"This was planned with {planned}, and here is {here}: the script has changed.",
                "Run the script, which plans new trials with it as it is now, or bring back the script as it was."),
        };
    }

    private static string? OriginOf(ParameterSet parameters)
    {
        var origins = new SortedSet<string>(Metrics.Origins, StringComparer.Ordinal);
        if (Chosen(Models, ModelChoice, parameters) is { } model)
            origins.Add(model.Origin);
        if (Chosen(Schedules, ScheduleChoice, parameters) is { } schedule)
            origins.Add(schedule.Origin);
        return origins.Count == 0 ? null : string.Join(", ", origins);
    }

    // A parameter that is not assigned has its default, which is never a script's.
    private static (T Item, string Origin)? Chosen<T>(Registry<T> added, string choice, ParameterSet parameters) =>
        parameters.Find(choice) is ParameterValue.Text name ? added.Find(name.Value) : null;
}
