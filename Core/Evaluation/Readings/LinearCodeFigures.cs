using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>What a linear code as long as the model's would reach, without any training.</summary>
internal static class LinearCodeFigures
{
    public static readonly ReadingMeasure SquaredError = new(
        "mse.pca", "squared error per pixel", MetricDirection.Neutral,
        "the PCA line: mean squared error of the best linear code with as many dimensions as the latent space, its components fitted to all training images; all test images",
        Least: 0);

    /// <summary>All of them.</summary>
    public static readonly ReadingMeasure[] All = [SquaredError];

    /// <summary>The figure; none where images are too large to decompose, or smaller than the code.</summary>
    public static IEnumerable<(ReadingMeasure Measure, double Value)> Of(Autoencoder model, TrialData data) =>
        PcaErrors.Of(data.Dataset, model.Latent) is { } error ? [(SquaredError, error)] : [];
}
