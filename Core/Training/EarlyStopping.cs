using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Models;

namespace Orchestrator.Core.Training;

/// <summary>
/// Ends a training that no longer improves, as Keras' <c>EarlyStopping</c> counts it: after <paramref name="Patience"/> epochs
/// without a figure that is better than the best so far by more than <paramref name="MinDelta"/>. It is a function of the
/// figures so far, which every checkpoint holds, so a training that is taken up again stops at the same epoch.
/// </summary>
/// <param name="Metric">The metric that is watched.</param>
/// <param name="Patience">Epochs without an improvement that end the training; at least 1.</param>
/// <param name="MinDelta">What an improvement is more than.</param>
internal sealed record EarlyStopping(string Metric, int Patience, double MinDelta)
{
    /// <summary>The metrics that can be watched.</summary>
    public static ImmutableArray<string> Metrics { get; } =
        ["val/elbo", "val/reconstruction", "val/kl", "val/mse", "train/loss", "train/reconstruction"];

    /// <summary>The rule of a configuration, or null where it trains to the end.</summary>
    public static EarlyStopping? Of(ParameterSet parameters) => parameters.Get(TrainingParameters.Patience) is > 0 and var patience
        ? new(parameters.Get(TrainingParameters.Monitor), patience, parameters.Get(TrainingParameters.MinDelta))
        : null;

    /// <summary>The parameters that a configuration reads.</summary>
    public static IEnumerable<ParameterDefinition> Reads(ParameterSet parameters) => parameters.Get(TrainingParameters.Patience) > 0
        ? [TrainingParameters.Patience, TrainingParameters.Monitor, TrainingParameters.MinDelta]
        : [TrainingParameters.Patience];

    /// <summary>What makes the rule impossible: a metric that is not among those that the configuration reports.</summary>
    public static IEnumerable<Problem> Check(ParameterSet parameters, ImmutableArray<string> reported)
    {
        if (Of(parameters) is not { Metric: var metric })
            yield break;
        if (reported.Contains(metric))
            yield break;
        var watchable = Metrics.Where(name => reported.Contains(name)).ToList();
        yield return new Problem(
            TrainingParameters.Monitor.Name,
            metric.StartsWith("val/", StringComparison.Ordinal) && parameters.Get(DatasetSelection.Validation) == 0
                ? $"Early stopping cannot watch {metric}: no images are held out for validation."
                : $"Early stopping cannot watch {metric}: the family {parameters.Get(ModelParameters.Family)} does not report it.",
            watchable.Count > 0 ? $"Choose one of {string.Join(", ", watchable)}." : "Leave patience at 0: this family trains to its last epoch.");
    }

    /// <summary>True when the figures so far, in the order of their epochs, end the training.</summary>
    public bool IsOver(IEnumerable<MetricValue> figures)
    {
        var sign = MetricCatalogue.Find(Metric)!.Direction == MetricDirection.Maximize ? 1 : -1;
        double? best = null;
        var waited = 0;
        foreach (var figure in figures.Where(figure => figure.Name == Metric))
        {
            var value = sign * figure.Value;
            if (best is null || value - MinDelta > best)
                (best, waited) = (value, 0);
            else if (++waited >= Patience)
                return true;
        }
        return false;
    }

    /// <summary>The rule in words.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Metric} did not improve by more than {MinDelta:G6} in {Patience} {(Patience == 1 ? "epoch" : "epochs")}");
}
