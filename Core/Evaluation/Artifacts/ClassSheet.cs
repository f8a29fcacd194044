using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>Samples of every class of a model that conditions on the class: a row for each class, the same codes in each row.</summary>
internal static class ClassSheet
{
    private const int Columns = 10;
    private const int MostRows = 20;

    /// <summary>The sheet; the codes follow from the seed alone.</summary>
    public static Picture Draw(Autoencoder model, ImageShape shape, ulong seed, Device device)
    {
        var rows = Math.Min(MostRows, model.Classes);
        var codes = model.FromNoise(StandardNormal.Sample(seed, Columns, model.Latent, device)).repeat([rows, 1]);
        var labels = ClassLabels.For(model, Enumerable.Range(0, rows).SelectMany(label => Enumerable.Repeat((long)label, Columns)), device);
        return ImageSheet.Compose(shape, PixelBytes.Of(model.Likelihood.Mean(model.Decode(codes, labels))), Columns);
    }
}
