using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Evaluation.Artifacts;
using Orchestrator.Core.Evaluation.Generation;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Catalogue;

/// <summary>
/// What can be said of a configuration before anything is trained. Every value must already be one that its own
/// definition allows; what is checked here is how the values fit each other and the data.
/// </summary>
public static class Configurations
{
    /// <summary>The parameters that a configuration reads, in the catalogue's order; others change nothing and vanish.</summary>
    public static ImmutableArray<ParameterDefinition> Active(ParameterSet parameters) =>
    [
        .. ParameterCatalogue.InOrder(Read(parameters)),
        .. LoadedExtensions.ParameterOf(parameters) is { } extension ? [extension] : Array.Empty<ParameterDefinition>(),
    ];

    private static IEnumerable<ParameterDefinition> Read(ParameterSet parameters) =>
    [
        DatasetSelection.Dataset, DatasetSelection.Validation, DatasetSelection.WithoutClass, .. DatasetFacts.Reads(parameters), ModelParameters.Family,
        .. ModelCatalogue.Of(parameters).Reads(parameters),
        TrainingParameters.LearningRate, TrainingParameters.Schedule, TrainingParameters.BatchSize,
        TrainingParameters.AdamBeta1, TrainingParameters.AdamEpsilon, TrainingParameters.WeightDecay, ModelParameters.Init,
        .. EarlyStopping.Reads(parameters),
        .. LoadedExtensions.ScheduleOf(parameters)?.Reads ?? [], .. DeviceOptions.Parameters,
        .. SampleJudge.Reads(parameters), .. DecodedPoints.Reads(parameters),
    ];

    /// <summary>Everything that makes a configuration impossible; empty when it can be trained.</summary>
    public static ImmutableArray<Problem> Check(ParameterSet parameters)
    {
        if (LoadedExtensions.Mismatch(parameters) is { } mismatch)
            return [mismatch];
        var found = new ProblemList();
        if (found.Try(() => DatasetFacts.Of(parameters)) is not { } facts)
            return [.. found.Problems.Select(problem => InParameter(parameters, problem))];
        var family = ModelCatalogue.Of(parameters);
        ImmutableArray<Problem> problems =
        [
            .. CheckSplit(parameters, facts), .. CheckLeftOut(parameters, facts), .. family.Check(parameters, facts.Shape),
            .. DeviceOptions.Check(parameters), .. LearningRateSchedule.Check(parameters), .. EarlyStopping.Check(parameters, EpochMetrics(parameters)),
            .. SampleJudge.Check(parameters, facts.Shape), .. DecodedPoints.Check(parameters),
        ];
        return problems.IsEmpty ? [.. ModelSize.Check(family, parameters, facts.Shape)] : problems;
    }

    /// <summary>The model of a configuration: layer table, exact parameter counts, implied β.</summary>
    /// <exception cref="ProblemException">Own data cannot be read.</exception>
    public static ModelDescription Describe(ParameterSet parameters)
    {
        var family = ModelCatalogue.Of(parameters);
        return family.Plan(parameters, DatasetFacts.Of(parameters).Shape).Describe(family.Name);
    }

    /// <summary>The images that a configuration trains on in an epoch; those of a class that it leaves out are counted.</summary>
    /// <exception cref="ProblemException">Own data cannot be read.</exception>
    public static int TrainingImages(ParameterSet parameters) =>
        DatasetFacts.Of(parameters).TrainingImages - parameters.Get(DatasetSelection.Validation);

    /// <summary>Why the results of an epoch depend on the total of epochs, or null where they do not.</summary>
    public static string? BudgetDependence(ParameterSet parameters) => LearningRateSchedule.BudgetDependence(parameters);

    /// <summary>The metrics that a configuration reports at the end of every epoch, by their ids.</summary>
    public static ImmutableArray<string> EpochMetrics(ParameterSet parameters)
    {
        var family = ModelCatalogue.Of(parameters);
        var evaluated = parameters.Get(DatasetSelection.Validation) > 0 ? family.EvaluatedQuantities : [];
        var custom = evaluated.IsEmpty ? [] : LoadedExtensions.Metrics.Items.Where(metric => metric.Part == "val");
        return
        [
            .. family.TrainingTerms.Select(term => $"train/{term}"),
            .. evaluated.Select(quantity => $"val/{quantity}"),
            .. custom.Select(metric => metric.Name),
        ];
    }

    /// <summary>The identity of the data that a configuration learns from.</summary>
    /// <exception cref="ProblemException">Own data are not there or damaged.</exception>
    public static string DataFingerprint(ParameterSet parameters, string? dataFolder) =>
        DatasetFacts.Fingerprint(parameters, dataFolder);

    /// <summary>Makes sure that the data of a configuration is here, complete and verified: downloads what is missing.</summary>
    /// <param name="parameters">The configuration.</param>
    /// <param name="dataFolder">The folder of data sets given by the user, or null.</param>
    /// <param name="progress">Told about downloads.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ProblemException">It is not there and cannot be had, or is damaged.</exception>
    public static void EnsureData(
        ParameterSet parameters, string? dataFolder, IProgress<DataProgress>? progress, CancellationToken cancellation) =>
        DatasetFacts.Load(parameters, dataFolder, cancellation, progress);

    /// <summary>Forgets what was read of the user's own data, which may have changed since.</summary>
    public static void ForgetOwnData() => OwnContent.Forget();

    // What is wrong inside the data is put down to the parameter that says where they are.
    private static Problem InParameter(ParameterSet parameters, Problem problem)
    {
        var place = DatasetFacts.Reads(parameters).FirstOrDefault(
            definition => definition.IsLocation && parameters.Find(definition.Name) is { } given && given != definition.DefaultValue);
        return new Problem((place ?? DatasetSelection.Dataset).Name, $"{problem.Where}: {problem.Cause}", problem.Remedy);
    }

    private static IEnumerable<Problem> CheckSplit(ParameterSet parameters, DatasetFacts facts)
    {
        var name = parameters.Get(DatasetSelection.Dataset);
        var validation = parameters.Get(DatasetSelection.Validation);
        var left = facts.TrainingImages - validation;
        if (left <= 0)
        {
            yield return new Problem(
                DatasetSelection.Validation.Name,
                FormattableString.Invariant($"{validation} validation images leave none of the {facts.TrainingImages} of {name} to train on."),
                FormattableString.Invariant($"Choose at most {facts.TrainingImages - 1}."));
            yield break;
        }
        if (parameters.Get(TrainingParameters.BatchSize) is var batch && batch > left)
        {
            yield return new Problem(
                TrainingParameters.BatchSize.Name,
                FormattableString.Invariant($"A batch of {batch} is more than the {left} training images of {name}."),
                FormattableString.Invariant($"Choose at most {left}."));
        }
    }

    private static IEnumerable<Problem> CheckLeftOut(ParameterSet parameters, DatasetFacts facts)
    {
        var (left, classes) = (parameters.Get(DatasetSelection.WithoutClass), facts.Shape.Classes);
        if (left < classes && (left < 0 || classes > 1))
            yield break;
        yield return new Problem(
            DatasetSelection.WithoutClass.Name,
            FormattableString.Invariant($"Class {left} cannot be left out: {parameters.Get(DatasetSelection.Dataset)} has {classes} classes."),
            classes > 1 ? FormattableString.Invariant($"Choose a class from 0 to {classes - 1}, or -1 for none.") : "Write -1, or leave it away.");
    }
}
