using System.Collections.Immutable;
using Orchestrator.Core.Catalogue;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Extensions;

/// <summary>
/// What a script adds to the catalogues for as long as its process lives: parameters, models, metrics, schedules. It is
/// registered before a sweep is planned, from one thread. What trains or measures differently carries its origin, a text that
/// names the source and its content, into the identity of every trial that uses it.
/// </summary>
public static class ExtensionCatalogue
{
    private static readonly Registry<ParameterDefinition> OwnParameters = new(parameter => parameter.Name);
    private static readonly Registry<ModelFamily> OwnFamilies = new(family => family.Name);
    private static readonly Registry<CustomMetric> OwnMetrics = new(metric => metric.Name);
    private static readonly Registry<CustomSchedule> OwnSchedules = new(schedule => schedule.Name);

    /// <summary>The parameter of a trial that says which extension it was trained with.</summary>
    public const string ParameterName = "extension";

    /// <summary>The origins of everything that is registered; empty where there are no extensions.</summary>
    public static ImmutableArray<string> Origins =>
        [.. OwnParameters.Origins.Concat(OwnFamilies.Origins).Concat(OwnMetrics.Origins).Concat(OwnSchedules.Origins).Distinct().Order(StringComparer.Ordinal)];

    internal static IEnumerable<ParameterDefinition> Parameters => OwnParameters.Items;

    internal static IEnumerable<ModelFamily> Families => OwnFamilies.Items;

    internal static IEnumerable<CustomMetric> Metrics => OwnMetrics.Items;

    /// <summary>Adds a parameter, which custom models and schedules can then read.</summary>
    /// <param name="parameter">In the section <c>model</c> or <c>training</c>, with a default.</param>
    /// <param name="origin">What names the source and its content.</param>
    /// <exception cref="ProblemException">Its name is malformed, reserved or taken, or its default is not allowed.</exception>
    public static void Add(ParameterDefinition parameter, string origin)
    {
        ExtensionNames.CheckParameter(parameter.Name, ParameterCatalogue.Find(parameter.Name) is not null);
        var place = $"parameter '{parameter.Name}'";
        if (parameter.Section == ParameterSection.Dataset)
            throw new ProblemException(place, "A data set's parameters cannot be added.", "Choose the section Model or Training.");
        if (parameter.DefaultValue is not { } standard)
            throw new ProblemException(place, "It has no default.", "Give it one: configurations that do not name it need a value.");
        if (parameter.Check(standard) is { } wrong)
            throw new ProblemException(place, $"Its default is not allowed: {wrong}.", "Change the default or the bounds.");
        OwnParameters.Add(parameter, origin);
    }

    /// <summary>Adds a model, under its name in the choices of <c>family</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="origin">What names the source and its content.</param>
    /// <exception cref="ProblemException">Its name is malformed or taken, or it reads what is no parameter.</exception>
    public static void Add(CustomModel model, string origin)
    {
        ExtensionNames.CheckChoice("model", model.Name, ModelCatalogue.Find(model.Name) is not null);
        CheckReads($"model '{model.Name}'", model.Reads);
        OwnFamilies.Add(new CustomFamily(model, origin), origin);
        ModelParameters.Family.Admit(model.Name);
    }

    /// <summary>Adds a metric, which every autoencoder is then measured by.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="origin">What names the source and its content.</param>
    /// <exception cref="ProblemException">Its id is malformed or taken.</exception>
    public static void Add(CustomMetric metric, string origin)
    {
        ExtensionNames.CheckMetric(metric.Name, MetricCatalogue.Find(metric.Name) is not null);
        OwnMetrics.Add(metric, origin);
    }

    /// <summary>Adds a schedule, under its name in the choices of <c>schedule</c>.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="origin">What names the source and its content.</param>
    /// <exception cref="ProblemException">Its name is malformed or taken, or it reads what is no parameter.</exception>
    public static void Add(CustomSchedule schedule, string origin)
    {
        ExtensionNames.CheckChoice("schedule", schedule.Name, TrainingParameters.Schedule.Choices.Contains(schedule.Name));
        CheckReads($"schedule '{schedule.Name}'", schedule.Reads);
        OwnSchedules.Add(schedule, origin);
        TrainingParameters.Schedule.Admit(schedule.Name);
    }

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
    internal static CustomSchedule? ScheduleOf(ParameterSet parameters) =>
        OwnSchedules.Find(parameters.Get(TrainingParameters.Schedule))?.Item;

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

    /// <summary>Forgets everything that was added.</summary>
    internal static void Clear()
    {
        ModelParameters.Family.Dismiss([.. OwnFamilies.Items.Select(family => family.Name)]);
        TrainingParameters.Schedule.Dismiss([.. OwnSchedules.Items.Select(schedule => schedule.Name)]);
        OwnParameters.Clear();
        OwnFamilies.Clear();
        OwnMetrics.Clear();
        OwnSchedules.Clear();
    }

    private static string? OriginOf(ParameterSet parameters)
    {
        var origins = new SortedSet<string>(OwnMetrics.Origins, StringComparer.Ordinal);
        if (OwnFamilies.Find(parameters.Get(ModelParameters.Family)) is { } family)
            origins.Add(family.Origin);
        if (OwnSchedules.Find(parameters.Get(TrainingParameters.Schedule)) is { } schedule)
            origins.Add(schedule.Origin);
        return origins.Count == 0 ? null : string.Join(", ", origins);
    }

    private static void CheckReads(string place, ImmutableArray<ParameterDefinition> reads)
    {
        foreach (var parameter in reads.Where(parameter => ParameterCatalogue.Find(parameter.Name) != parameter))
        {
            throw new ProblemException(
                place, $"It reads '{parameter.Name}', which is no parameter of the catalogue.", "Add the parameter first.");
        }
    }
}
