using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Devices;
using Orchestrator.Core.Extensions;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation;

/// <summary>Measures a model by the metrics that scripts added.</summary>
internal static class CustomMetrics
{
    private const int MostImages = 2000;

    /// <summary>The values on the images of a part of the data; nothing for a model that does not encode.</summary>
    /// <param name="model">Left in training mode.</param>
    /// <param name="images">The images; of more than 2,000 the first 2,000 are looked at.</param>
    /// <param name="part"><c>val</c> or <c>test</c>.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="epoch">The epoch that ended.</param>
    /// <exception cref="ProblemException">A metric failed, or gave no finite number.</exception>
    public static ImmutableArray<MetricValue> Evaluate(
        Model model, ImageSelection images, string part, TrialSpecification trial, ImageShape shape, int epoch)
    {
        CustomMetric[] metrics = [.. LoadedExtensions.Metrics.Items.Where(metric => metric.Part == part)];
        if (metrics.Length == 0 || images.Count == 0 || model is not Autoencoder autoencoder)
            return [];
        model.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var guard = no_grad();
            var input = InputOf(autoencoder, images, trial.Parameters, shape);
            return [.. metrics.Select(metric => new MetricValue(epoch, metric.Name, Measure(metric, input, trial, epoch)))];
        }
        finally
        {
            model.train();
        }
    }

    private static MetricInput InputOf(Autoencoder model, ImageSelection selection, ParameterSet parameters, ImageShape shape)
    {
        var batches = Math.Min(selection.Batches(EvaluationBatches.Size), MostImages / EvaluationBatches.Size);
        Batch[] looked = [.. Enumerable.Range(0, batches).Select(index => selection.Batch(index, EvaluationBatches.Size))];
        var posteriors = looked.Select(model.Encode).ToArray();
        var reconstructions = looked.Zip(posteriors, (batch, posterior) => Decode(posterior.Mean, batch.Labels));
        return new MetricInput(
            parameters,
            shape,
            Joined(looked.Select(batch => batch.Images)),
            looked[0].Labels is null ? null : Joined(looked.Select(batch => batch.Labels!)),
            Joined(posteriors.Select(posterior => posterior.Mean)),
            posteriors[0].LogVariance is null ? null : Joined(posteriors.Select(posterior => posterior.LogVariance!)),
            Joined(reconstructions),
            Decode);

        Tensor Decode(Tensor codes, Tensor? labels) => model.Likelihood.Mean(model.Decode(codes, labels));
    }

    private static double Measure(CustomMetric metric, MetricInput input, TrialSpecification trial, int epoch)
    {
        // What a metric draws must not depend on what was measured before it.
        manual_seed(unchecked((long)SeedSequence.Derive(trial.Seed, "metric " + metric.Name)));
        double value;
        try
        {
            value = metric.Measure(input);
        }
        // The script's own code: whatever it throws is the script's matter.
        catch (Exception fault) when (!MemoryExhaustion.Is(fault))
        {
            throw new ProblemException(
                $"metric '{metric.Name}'",
                FormattableString.Invariant($"It failed at epoch {epoch}: {fault.Message.Trim()}."),
                "Correct its function in the script.");
        }
        if (!double.IsFinite(value))
        {
            throw new ProblemException(
                $"metric '{metric.Name}'",
                FormattableString.Invariant($"It gave {value} at epoch {epoch}, while the model's own figures are finite."),
                "Correct its function in the script, so that it gives a finite number for every model.");
        }
        return value;
    }

    private static Tensor Joined(IEnumerable<Tensor> tensors) => cat([.. tensors], 0);
}
