using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Catalogue;

/// <summary>
/// Where a script adds to the catalogues, for as long as its process lives: parameters, models, metrics, schedules. It is
/// done before a sweep is planned, from one thread. What was added stands in <see cref="LoadedExtensions"/>.
/// </summary>
public static class ExtensionCatalogue
{
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
        LoadedExtensions.Parameters.Add(parameter, origin);
    }

    /// <summary>Adds a model, under its name in the choices of <c>family</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="origin">What names the source and its content.</param>
    /// <exception cref="ProblemException">Its name is malformed or taken, or it reads what is no parameter.</exception>
    public static void Add(CustomModel model, string origin)
    {
        ExtensionNames.CheckChoice("model", model.Name, ModelCatalogue.Find(model.Name) is not null);
        CheckReads($"model '{model.Name}'", model.Reads);
        LoadedExtensions.Models.Add(model, origin);
        ModelParameters.Family.Admit(model.Name);
    }

    /// <summary>Adds a metric, which every autoencoder is then measured by.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="origin">What names the source and its content.</param>
    /// <exception cref="ProblemException">Its id is malformed or taken.</exception>
    public static void Add(CustomMetric metric, string origin)
    {
        ExtensionNames.CheckMetric(metric.Name, MetricCatalogue.Find(metric.Name) is not null);
        LoadedExtensions.Metrics.Add(metric, origin);
    }

    /// <summary>Adds a schedule, under its name in the choices of <c>schedule</c>.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="origin">What names the source and its content.</param>
    /// <exception cref="ProblemException">Its name is malformed or taken, or it reads what is no parameter.</exception>
    public static void Add(CustomSchedule schedule, string origin)
    {
        ExtensionNames.CheckChoice("schedule", schedule.Name, TrainingParameters.Schedule.Choices.Contains(schedule.Name));
        CheckReads($"schedule '{schedule.Name}'", schedule.Reads);
        LoadedExtensions.Schedules.Add(schedule, origin);
        TrainingParameters.Schedule.Admit(schedule.Name);
    }

    /// <summary>Forgets everything that was added.</summary>
    internal static void Clear()
    {
        ModelParameters.Family.Dismiss([.. LoadedExtensions.Models.Items.Select(model => model.Name)]);
        TrainingParameters.Schedule.Dismiss([.. LoadedExtensions.Schedules.Items.Select(schedule => schedule.Name)]);
        LoadedExtensions.Parameters.Clear();
        LoadedExtensions.Models.Clear();
        LoadedExtensions.Metrics.Clear();
        LoadedExtensions.Schedules.Clear();
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
