using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>
/// Latent traversals: from the code of one test image, one dimension at a time is moved while the others stay. A row for
/// each of the dimensions that vary most between images.
/// </summary>
internal static class TraversalSheet
{
    private const int Steps = 11;
    private const int MostRows = 10;
    private const double Reach = 3;

    /// <summary>
    /// The sheet. A code with a prior is moved from −3 to 3, its standard deviations; one without from three standard
    /// deviations below its mean over the images to three above.
    /// </summary>
    public static Picture Draw(Autoencoder model, LatentSnapshot snapshot, ImageShape shape, Device device)
    {
        var moments = Enumerable.Range(0, model.Latent).Select(d => (Dimension: d, Moments: snapshot.Moments(d)))
            .OrderByDescending(entry => entry.Moments.Deviation).Take(MostRows).ToArray();
        var codes = new List<float>();
        foreach (var (dimension, (mean, deviation)) in moments)
        {
            for (var step = 0; step < Steps; step++)
            {
                var place = Reach * (2.0 * step / (Steps - 1) - 1);
                var code = snapshot.Codes[0].ToArray();
                code[dimension] = (float)(model.HasPrior ? place : mean + deviation * place);
                codes.AddRange(code);
            }
        }
        return DecodedCodes.Draw(
            model, [.. codes], Enumerable.Repeat((long)(snapshot.Labels?[0] ?? 0), moments.Length * Steps), shape, Steps, device);
    }
}
