using System.Collections.Immutable;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>The pictures that a model of a kind can show.</summary>
internal static class Gallery
{
    /// <summary>Draws and writes them, with the model in evaluation mode.</summary>
    public static ImmutableArray<Artifact> Write(
        ArtifactFolder folder, Model model, TrialData data, ulong seed, Device device)
    {
        model.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var guard = no_grad();
            return model switch
            {
                Autoencoder autoencoder => [.. Draw(folder, autoencoder, data, seed, device)],
                IGenerator generator => [DrawSamples(folder, generator, data, seed, device)],
                _ => [],
            };
        }
        finally
        {
            model.train();
        }
    }

    private static IEnumerable<Artifact> Draw(
        ArtifactFolder folder, Autoencoder model, TrialData data, ulong seed, Device device)
    {
        var shape = data.Shape.Image;
        yield return folder.Write(
            "reconstructions", ReconstructionSheet.Draw(model, data.Test, shape),
            "the first test images above their reconstructions at the posterior mean");
        yield return folder.Write(
            "reconstructions-train", ReconstructionSheet.Draw(model, data.Train, shape),
            "training images above their reconstructions at the posterior mean");
        if (!model.HasPrior)
            yield break;
        yield return DrawSamples(folder, model, data, seed, device);
        if (model.Latent == 2)
        {
            yield return folder.Write(
                "plane", LatentPlane.Draw(model, shape, device), "the latent plane from −3 to 3, decoded on a regular grid");
        }
    }

    private static Artifact DrawSamples(
        ArtifactFolder folder, IGenerator model, TrialData data, ulong seed, Device device) => folder.Write(
            "samples", SampleSheet.Draw(model, data.Shape.Image, seed, device), "images generated from samples of the prior");
}
