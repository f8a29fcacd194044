using System.Collections.Immutable;
using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;
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
    private const int BatchSize = 500;

    /// <summary>How many images.</summary>
    public int Count => Codes.Count;

    /// <summary>Encodes and decodes the sampled test images with a model in evaluation mode.</summary>
    public static LatentSnapshot Take(Autoencoder model, TrialData data, CancellationToken cancellation)
    {
        var sample = data.Sample;
        var codes = new float[sample.Count * model.Latent];
        var images = new float[sample.Count * model.Pixels];
        var reconstructions = new float[sample.Count * model.Pixels];
        for (var index = 0; index < sample.Batches(BatchSize); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = sample.Batch(index, BatchSize);
            var mean = model.Encode(batch).Mean;
            var first = index * BatchSize;
            Host(mean, codes, first * model.Latent);
            Host(batch.Images, images, first * model.Pixels);
            Host(model.Likelihood.Mean(model.Decode(mean, batch.Labels)), reconstructions, first * model.Pixels);
        }
        return new(
            new LatentCodes(codes, model.Latent), LabelsOf(data), FactorsOf(data), images, reconstructions, data.Shape.Image,
            data.SampleIndices);
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
