using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Plausibility;

/// <summary>
/// Stops figures that are impossible: each is held against exact bounds of the data that it was measured on. A wrong
/// figure looks like a good one, so it must not reach a table.
/// </summary>
internal sealed class PlausibilityGate
{
    /// <summary>Rounding of sums in single precision, relative and in nats.</summary>
    private const double Relative = 1e-4;
    private const double Absolute = 1e-3;

    /// <summary>A divergence that is estimated from samples may be below zero by chance.</summary>
    private const double DivergenceSlack = 0.5;

    private static readonly ImmutableDictionary<string, ReadingMeasure> Measures =
        ReadingEvaluator.Measures.ToImmutableDictionary(measure => measure.Definition.Name, StringComparer.Ordinal);

    private readonly Dictionary<string, (double Least, double Most, string Reason)> _ranges = [];

    private PlausibilityGate()
    {
    }

    /// <summary>The gate of a model on a trial's data; one that lets everything pass for a model without a likelihood.</summary>
    public static PlausibilityGate Of(Model model, TrialData data)
    {
        var gate = new PlausibilityGate();
        if (model is not Autoencoder autoencoder)
            return gate;
        var (train, test) = (data.Dataset.Train, data.Dataset.Test);
        if (data.Validation.Count > 0)
            gate.Bound("val", autoencoder, ImageLevels.Of(train, data.ValidationIndices), data.Shape.Classes);
        gate.Bound("test", autoencoder, ImageLevels.Of(test, [.. Enumerable.Range(0, test.Count)]), data.Shape.Classes);
        return gate;
    }

    /// <summary>Passes figures on that are possible.</summary>
    /// <exception cref="ImplausibleFigureException">One is not.</exception>
    public IEnumerable<MetricValue> Pass(IEnumerable<MetricValue> figures)
    {
        foreach (var figure in figures)
        {
            if (_ranges.TryGetValue(figure.Name, out var range))
                Check(figure, range.Least, range.Most, range.Reason);
            else if (Measures.TryGetValue(figure.Name, out var measure))
                Check(figure, measure.Least, measure.Most, "its definition ends there");
            yield return figure;
        }
    }

    private void Bound(string part, Autoencoder model, ImageLevels levels, int classes)
    {
        _ranges[$"{part}/mse"] = (0, double.PositiveInfinity, "a square is not negative");
        _ranges[$"{part}/mse_clean_input"] = (0, double.PositiveInfinity, "a square is not negative");
        _ranges[$"{part}/active_units"] = (0, model.Latent, "the code has no more dimensions");
        _ranges[$"{part}/kl"] = (-DivergenceSlack, double.PositiveInfinity, "a Kullback-Leibler divergence is not negative");
        if (Floor(model.Likelihood, levels, model.Pixels) is not var (floor, reason))
            return;
        _ranges[$"{part}/reconstruction"] = (floor, double.PositiveInfinity, reason);
        _ranges[$"{part}/reconstruction_clean_input"] = (floor, double.PositiveInfinity, reason);
        var ceiling = -floor;
        if (levels.DistinctEntropy is { } entropy && model.Likelihood is BernoulliLikelihood)
        {
            // A model that is told the class has that much less to tell.
            var known = Math.Max(0, entropy - Math.Log(Math.Max(1, classes)));
            if (-known < ceiling)
                (ceiling, reason) = (-known, "the probabilities of the different images of the set, of one class each, add up to at most one");
        }
        _ranges[$"{part}/elbo"] = (double.NegativeInfinity, ceiling + DivergenceSlack, reason);
    }

    /// <summary>The least −log p(x|z) in nats per image, with the reason; null for a density that has none.</summary>
    private static (double Floor, string Reason)? Floor(Likelihood likelihood, ImageLevels levels, int pixels)
    {
        if (likelihood is BernoulliLikelihood)
            return (levels.PixelEntropy, "the entropy of the pixels themselves is the least cross-entropy");
        if (likelihood.GetType() != typeof(GaussianLikelihood) && likelihood.GetType() != typeof(SquaredErrorLikelihood))
            return null;
        using var scope = NewDisposeScope();
        var parameters = zeros([1, pixels]);
        var perfect = likelihood.NegativeLogLikelihood(parameters, likelihood.Mean(parameters));
        return (perfect.to(ScalarType.Float64).item<double>(), "a Gaussian of this variance gives no image more than a perfect reconstruction");
    }

    private static void Check(MetricValue figure, double least, double most, string reason)
    {
        if (figure.Value < least - Slack(least))
            throw new ImplausibleFigureException(figure.Epoch, figure.Name, figure.Value, FormattableString.Invariant($"at least {least:G8}, since {reason}"));
        if (figure.Value > most + Slack(most))
            throw new ImplausibleFigureException(figure.Epoch, figure.Name, figure.Value, FormattableString.Invariant($"at most {most:G8}, since {reason}"));
    }

    private static double Slack(double bound) => double.IsFinite(bound) ? Absolute + Relative * Math.Abs(bound) : 0;
}
