using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Evaluation.Generation;
using Orchestrator.Core.Fused;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>
/// The figures that are measured at readings only. They depend on the weights and the data alone: no number is drawn from
/// the trial's seed, and the same test images are looked at in every trial.
/// </summary>
internal static class ReadingEvaluator
{
    /// <summary>Every quantity that can be measured.</summary>
    public static ImmutableArray<ReadingMeasure> Measures { get; } =
    [
        .. ImageFigures.All, .. LinearCodeFigures.All, .. CompressionFigures.All, .. VarianceFigures.All,
        .. SeparationFigures.All, .. DisentanglementFigures.All, .. AnomalyFigures.All, .. SampleFigures.All,
    ];

    /// <summary>Measures a model, which is left in training mode; nothing for a model that does not encode.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The trial's data.</param>
    /// <param name="elbo">The model's ELBO on the test images, or null where it has none.</param>
    /// <param name="cancellation">Ends the evaluation between two steps.</param>
    public static ImmutableArray<(ReadingMeasure Measure, double Value)> Evaluate(
        Model model, TrialData data, double? elbo, CancellationToken cancellation)
    {
        if (model is not Autoencoder autoencoder || data.Sample.Count == 0)
            return [];
        model.eval();
        try
        {
            using var guard = no_grad();
            var snapshot = LatentSnapshot.Take(autoencoder, data, cancellation);
            TensorOperations.Current.ReleaseFreedMemory();
            return
            [
                .. ImageFigures.Of(snapshot),
                .. ThenRelease(LinearCodeFigures.Of(autoencoder, data)),
                .. elbo is { } bound ? CompressionFigures.Of(bound, autoencoder.Pixels, autoencoder.Likelihood) : [],
                .. VarianceFigures.Of(snapshot),
                .. Cancellable(SeparationFigures.Of(snapshot), cancellation),
                .. Cancellable(DisentanglementFigures.Of(snapshot), cancellation),
                .. AnomalyFigures.Of(autoencoder, data, cancellation),
            ];
        }
        finally
        {
            model.train();
        }
    }

    // A decomposition leaves matrices as large as the covariance of all pixels.
    private static T[] ThenRelease<T>(IEnumerable<T> figures)
    {
        T[] done = [.. figures];
        TensorOperations.Current.ReleaseFreedMemory();
        return done;
    }

    private static IEnumerable<T> Cancellable<T>(IEnumerable<T> figures, CancellationToken cancellation)
    {
        foreach (var figure in figures)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return figure;
        }
    }
}
