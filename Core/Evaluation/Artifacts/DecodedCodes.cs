using Orchestrator.Core.Data;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>A sheet of the expected pixels at chosen codes.</summary>
internal static class DecodedCodes
{
    /// <summary>The sheet of codes <c>[count, latent]</c>, row-major; classes are read by models that condition on them.</summary>
    public static Picture Draw(
        Autoencoder model, float[] codes, IEnumerable<long> classes, ImageShape shape, int columns, Device device, int padding = 2)
    {
        var placed = tensor(codes, [codes.Length / model.Latent, model.Latent]).to(device);
        var images = model.Likelihood.Mean(model.Decode(placed, ClassLabels.For(model, classes, device)));
        return ImageSheet.Compose(shape, PixelBytes.Of(images), columns, padding);
    }
}
