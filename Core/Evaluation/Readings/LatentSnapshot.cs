using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>What a model makes of the sampled test images, on the host: the material of the figures of a reading.</summary>
/// <param name="Codes">Posterior means.</param>
/// <param name="Labels">The class of each image, or null.</param>
/// <param name="Factors">The values of each known generative factor, one array per factor that varies; empty where none is known.</param>
/// <param name="Images">Pixels from 0 to 1, <c>[count, channels, height, width]</c>.</param>
/// <param name="Reconstructions">Expected pixels at the posterior mean, of the same shape.</param>
/// <param name="Shape">The shape of an image.</param>
/// <param name="Indices">Which test images they are.</param>
internal sealed record LatentSnapshot(
    LatentCodes Codes,
    byte[]? Labels,
    ImmutableArray<int[]> Factors,
    float[] Images,
    float[] Reconstructions,
    ImageShape Shape,
    ImmutableArray<int> Indices)
{
    /// <summary>Mean −log p(x|z) at the posterior means z = E[z|x], in nats per image.</summary>
    public double MeanCodeReconstruction { get; init; }

    /// <summary>The class that the model itself tells from each posterior mean; null for a model that tells none.</summary>
    public int[]? ToldClasses { get; init; }

    /// <summary>How many images.</summary>
    public int Count => Codes.Count;

    /// <summary>Encodes and decodes the sampled test images with a model in evaluation mode.</summary>
    public static LatentSnapshot Take(Autoencoder model, TrialData data, CancellationToken cancellation)
    {
        var sample = data.Sample;
        var codes = new float[sample.Count * model.Latent];
        var images = new float[sample.Count * model.Pixels];
        var reconstructions = new float[sample.Count * model.Pixels];
        var (negative, told) = (0.0, new List<int>());
        for (var index = 0; index < sample.Batches(EvaluationBatches.Size); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = sample.Batch(index, EvaluationBatches.Size);
            var mean = model.Encode(batch).Mean;
            var first = index * EvaluationBatches.Size;
            Host(mean, codes, first * model.Latent);
            if (model.Classify(mean) is { } logits)
                told.AddRange(MostProbable(logits.cpu().contiguous().data<float>().ToArray(), batch.Count));
            Host(batch.Images, images, first * model.Pixels);
            var parameters = model.Decode(mean, batch.Labels);
            Host(model.Likelihood.Mean(parameters), reconstructions, first * model.Pixels);
            negative += model.Likelihood.NegativeLogLikelihood(parameters, batch.Images).to(ScalarType.Float64).sum().item<double>();
        }
        return new(
            new LatentCodes(codes, model.Latent), LabelsOf(data), FactorsOf(data), images, reconstructions, data.Shape.Image,
            data.SampleIndices)
        {
            MeanCodeReconstruction = negative / sample.Count,
            ToldClasses = told.Count > 0 ? [.. told] : null,
        };
    }

    private static IEnumerable<int> MostProbable(float[] logits, int count)
    {
        var classes = logits.Length / count;
        return Enumerable.Range(0, count).Select(
            image => Enumerable.Range(0, classes).MaxBy(label => logits[image * classes + label]));
    }

    /// <summary>Mean and standard deviation of one dimension of the codes.</summary>
    public (double Mean, double Deviation) Moments(int dimension)
    {
        var values = Enumerable.Range(0, Count).Select(i => (double)Codes[i][dimension]).ToArray();
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    private static void Host(Tensor tensor, float[] values, int first) =>
        tensor.cpu().contiguous().data<float>().CopyTo(values, first);

    private static byte[]? LabelsOf(TrialData data) => data.Dataset.Test.Labels is { } labels
        ? [.. data.SampleIndices.Select(index => labels.Span[index])]
        : null;

    private static ImmutableArray<int[]> FactorsOf(TrialData data) => data.Dataset.Test.Factors is { } factors
        ?
        [
            .. Enumerable.Range(0, factors.Names.Count)
                .Select(factor => data.SampleIndices.Select(image => factors[image, factor]).ToArray())
                .Where(values => values.Distinct().Skip(1).Any()),
        ]
        : [];
}
