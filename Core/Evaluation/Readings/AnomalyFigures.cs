using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>How well a model tells a class that it never saw from those that it learnt, on all test images.</summary>
internal static class AnomalyFigures
{
    private const ulong Seed = 0;

    public static readonly ReadingMeasure Error = ReadingMeasure.Share(
        "anomaly_auc.mse.mean", "area under the ROC curve",
        "chance that an image of the class left out of training has a larger squared error at the posterior mean than one of the others; all test images");

    public static readonly ReadingMeasure Bound = ReadingMeasure.Share(
        "anomaly_auc.elbo.sample1", "area under the ROC curve",
        "chance that an image of the class left out of training has a lower ELBO, of one sample z ~ q(z|x), than one of the others; all test images");

    /// <summary>All of them.</summary>
    public static readonly ReadingMeasure[] All = [Error, Bound];

    /// <summary>The figures; none where no class was left out, or the test images hold none or nothing but it.</summary>
    public static IEnumerable<(ReadingMeasure Measure, double Value)> Of(
        Autoencoder model, TrialData data, CancellationToken cancellation)
    {
        if (data.WithoutClass is not { } left || data.Dataset.Test.Labels is not { } labels)
            return [];
        bool[] anomalous = [.. labels.ToArray().Select(label => label == left)];
        if (!anomalous.Contains(true) || !anomalous.Contains(false))
            return [];
        var (errors, bounds) = Scores(model, data.Test, cancellation);
        return model.HasPrior
            ? [(Error, RocCurve.AreaUnder(errors, anomalous)), (Bound, RocCurve.AreaUnder(bounds, anomalous))]
            : [(Error, RocCurve.AreaUnder(errors, anomalous))];
    }

    /// <summary>Of each image: the squared error at the posterior mean, and the negative ELBO of one sample in nats.</summary>
    private static (double[] Errors, double[] Bounds) Scores(Autoencoder model, ImageSelection images, CancellationToken cancellation)
    {
        var errors = new List<double>(images.Count);
        var bounds = new List<double>(images.Count);
        for (var index = 0; index < images.Batches(EvaluationBatches.Size); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            manual_seed(unchecked((long)SeedSequence.Derive(Seed, "anomaly", (ulong)index)));
            var batch = images.Batch(index, EvaluationBatches.Size);
            var posterior = model.Encode(batch);
            var reconstruction = model.Likelihood.Mean(model.Decode(posterior.Mean, batch.Labels));
            errors.AddRange(Host((batch.Images - reconstruction).square().flatten(1).sum(1)));
            var codes = posterior.Sample();
            var negative = model.Likelihood.NegativeLogLikelihood(model.Decode(codes, batch.Labels), batch.Images);
            bounds.AddRange(Host(model.Divergence(posterior, codes) is { } divergence ? negative + divergence : negative));
        }
        return ([.. errors], [.. bounds]);
    }

    private static double[] Host(Tensor perImage) => perImage.to(ScalarType.Float64).cpu().data<double>().ToArray();
}
