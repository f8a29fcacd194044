using Orchestrator.Core.Batches;
using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>Originals above their reconstructions at the posterior mean: the first images of a set.</summary>
internal static class ReconstructionSheet
{
    private const int MostImages = 20;
    private const int MostColumns = 10;

    /// <summary>The sheet.</summary>
    public static Picture Draw(Autoencoder model, ImageSelection images, ImageShape shape) =>
        Draw(model, First(images), shape, Math.Min(MostColumns, images.Count));

    /// <summary>The same of a model that is trained on noisy input: the noisy images in place of the originals.</summary>
    public static Picture DrawDenoised(Autoencoder model, ImageSelection images, ImageShape shape, ulong seed)
    {
        manual_seed(unchecked((long)SeedSequence.Derive(seed, "denoised")));
        return Draw(model, model.Corrupt(First(images)), shape, Math.Min(MostColumns, images.Count));
    }

    private static Batch First(ImageSelection images)
    {
        var columns = Math.Min(MostColumns, images.Count);
        return images.Batch(0, Math.Min(MostImages, images.Count) / columns * columns);
    }

    private static Picture Draw(Autoencoder model, Batch batch, ImageShape shape, int columns)
    {
        var parameters = model.Decode(model.Encode(batch).Mean, batch.Labels);
        return ImageSheet.ComposePairs(
            shape, PixelBytes.Of(batch.Images), PixelBytes.Of(model.Likelihood.Mean(parameters)), columns);
    }
}
