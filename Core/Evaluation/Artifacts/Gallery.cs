using System.Collections.Immutable;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Fused;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Families;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The pictures that a model of a kind can show.</summary>
internal static class Gallery
{
    /// <summary>Draws and writes them, with the model in evaluation mode.</summary>
    public static ImmutableArray<Artifact> Write(
        ArtifactFolder folder, Model model, TrialData data, ParameterSet parameters, ulong seed, Device device)
    {
        model.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var guard = no_grad();
            return model switch
            {
                Autoencoder autoencoder => [.. Draw(folder, autoencoder, data, DecodedPoints.Of(parameters), seed, device)],
                AdversarialModel adversarial =>
                [
                    DrawSamples(folder, adversarial, data, seed, device),
                    .. WriteExplorer(folder, adversarial, null, data.Shape.Image, device),
                ],
                _ => [],
            };
        }
        finally
        {
            model.train();
        }
    }

    private static IEnumerable<Artifact> Draw(
        ArtifactFolder folder, Autoencoder model, TrialData data, ImmutableArray<ImmutableArray<double>> points, ulong seed, Device device)
    {
        var shape = data.Shape.Image;
        yield return folder.Write(
            "reconstructions", ReconstructionSheet.Draw(model, data.Test, shape),
            "the first test images above their reconstructions at the posterior mean");
        yield return folder.Write(
            "reconstructions-train", ReconstructionSheet.Draw(model, data.Train, shape),
            "training images above their reconstructions at the posterior mean");
        if (model.Corrupts)
        {
            yield return folder.Write(
                "denoised", ReconstructionSheet.DrawDenoised(model, data.Test, shape, seed), "test images with noise above what the model makes of them");
        }
        if (model.HasPrior)
            yield return DrawSamples(folder, model, data, seed, device);
        if (model.HasPrior && model.Latent == 2)
        {
            foreach (var artifact in DrawPlane(folder, model, shape, device))
                yield return artifact;
        }
        if (!points.IsEmpty)
        {
            yield return folder.Write(
                "points", LatentPlane.DrawPoints(model, shape, points, device), $"images decoded at the points {DecodedPoints.Name(points)}");
        }
        if (model.Classes > 0)
        {
            yield return folder.Write(
                "classes", ClassSheet.Draw(model, shape, seed, device), "samples of the prior for each class, a row each, the same codes in every row");
        }
        if (data.Sample.Count < 2)
            yield break;
        var snapshot = LatentSnapshot.Take(model, data, default);
        if (!model.HasPrior && model.Latent == 2)
        {
            yield return folder.Write(
                "plane", LatentPlane.DrawCodes(model, snapshot.Codes, shape, device), "the latent plane where the codes of test images lie, decoded on a regular grid");
        }
        foreach (var artifact in DrawCodes(folder, model, snapshot, shape, device))
            yield return artifact;
        foreach (var artifact in WriteExplorer(folder, model, snapshot, shape, device))
            yield return artifact;
    }

    private static IEnumerable<Artifact> DrawPlane(ArtifactFolder folder, Autoencoder model, ImageShape shape, Device device)
    {
        yield return folder.Write(
            "plane", LatentPlane.Draw(model, shape, device), "the latent plane from −3 to 3, decoded on a regular grid");
        yield return folder.Write(
            "plane-quantiles", LatentPlane.DrawQuantiles(model, shape, device),
            "the latent plane decoded at quantiles of the prior: every image stands for the same share of samples");
    }

    private static IEnumerable<Artifact> DrawCodes(
        ArtifactFolder folder, Autoencoder model, LatentSnapshot snapshot, ImageShape shape, Device device)
    {
        yield return folder.Write(
            "traversals", TraversalSheet.Draw(model, snapshot, shape, device),
            model.HasPrior
                ? "latent traversals from the code of a test image: one dimension a row, from −3 to 3, the most active first"
                : "latent traversals from the code of a test image: one dimension a row, three standard deviations to each side, the most active first");
        yield return folder.Write(
            "interpolation", InterpolationSheet.Draw(model, snapshot, shape, device),
            "straight lines in latent space between test images of different classes, the images themselves at both ends");
        TensorOperations.Current.ReleaseFreedMemory();
        var map = new LatentMap(snapshot);
        TensorOperations.Current.ReleaseFreedMemory();
        yield return folder.Write(
            "latent-scatter", map.DrawPlane(), FormattableString.Invariant(
                $"{(model.Latent == 2 ? "codes" : "first two principal components of the codes")} of {snapshot.Count} test images, coloured by label"));
        if (map.HasNeighbours)
        {
            yield return folder.Write(
                "tsne", map.DrawNeighbours(), "t-SNE of the codes of test images (perplexity 30), coloured by label, with some of the images");
        }
        yield return folder.Write("latent", "latent.json", map.ToJson(), "the codes of test images in two dimensions, with their labels");
        yield return folder.Write("thumbnails", map.Thumbnails, "those test images, small, on one sheet");
    }

    private static Artifact[] WriteExplorer<T>(
        ArtifactFolder folder, T model, LatentSnapshot? snapshot, ImageShape shape, Device device)
        where T : Model, IGenerator
    {
        var range = CodeRange.Of(model, snapshot, device);
        var sprites = folder.Write(
            "sprites", "sprites.json", DecodedSprites.Of(model, snapshot, range, shape, device), "images decoded in advance, for pages without the decoder");
        return DecoderFile.Of(model, range, shape, device) is { } decoder
            ? [folder.Write("decoder", "decoder.json", decoder, "the decoder's weights with codes and images to check against"), sprites]
            : [sprites];
    }

    private static Artifact DrawSamples(
        ArtifactFolder folder, IGenerator model, TrialData data, ulong seed, Device device) => folder.Write(
            "samples", SampleSheet.Draw(model, data.Shape.Image, seed, device), "images generated from samples of the prior");
}
