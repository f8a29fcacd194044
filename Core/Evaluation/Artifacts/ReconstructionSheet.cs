using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>Originals above their reconstructions at the posterior mean: the first images of a set.</summary>
internal static class ReconstructionSheet
{
    private const int MostImages = 20;
    private const int MostColumns = 10;

    /// <summary>The sheet.</summary>
    public static Picture Draw(Autoencoder model, ImageSelection images, ImageShape shape)
    {
        var columns = Math.Min(MostColumns, images.Count);
        var batch = images.Batch(0, Math.Min(MostImages, images.Count) / columns * columns);
        var parameters = model.Decode(model.Encode(batch).Mean, batch.Labels);
        return ImageSheet.ComposePairs(
            shape, PixelBytes.Of(batch.Images), PixelBytes.Of(model.Likelihood.Mean(parameters)), columns);
    }
}
