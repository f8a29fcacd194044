using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>
/// Straight lines in latent space between test images of different classes: the image, its reconstruction, codes on the
/// way, the other's reconstruction, the other image.
/// </summary>
internal static class InterpolationSheet
{
    private const int Pairs = 6;
    private const int Steps = 9;

    /// <summary>The sheet; a model that conditions on the class is told that of the first image.</summary>
    public static Picture Draw(Autoencoder model, LatentSnapshot snapshot, ImageShape shape, Device device)
    {
        var pairs = Choose(snapshot);
        var codes = new List<float>();
        foreach (var (from, to) in pairs)
        {
            for (var step = 0; step < Steps; step++)
            {
                var share = (float)step / (Steps - 1);
                for (var d = 0; d < model.Latent; d++)
                    codes.Add((1 - share) * snapshot.Codes[from][d] + share * snapshot.Codes[to][d]);
            }
        }
        var placed = tensor(codes.ToArray(), [pairs.Count * Steps, model.Latent]).to(device);
        var labels = pairs.SelectMany(pair => Enumerable.Repeat((long)(snapshot.Labels?[pair.From] ?? 0), Steps));
        var between = PixelBytes.Of(model.Likelihood.Mean(model.Decode(placed, ClassLabels.For(model, labels, device))));
        var row = Steps * shape.Pixels;
        byte[] sheet =
        [
            .. pairs.SelectMany((pair, i) => (byte[])
                [.. Original(snapshot, pair.From), .. between.AsSpan(i * row, row), .. Original(snapshot, pair.To)]),
        ];
        return ImageSheet.Compose(shape, sheet, Steps + 2);
    }

    /// <summary>Disjoint pairs of neighbours in the sample, with different labels where there are any.</summary>
    private static List<(int From, int To)> Choose(LatentSnapshot snapshot)
    {
        var pairs = new List<(int, int)>();
        var free = -1;
        for (var i = 0; i < snapshot.Count && pairs.Count < Pairs; i++)
        {
            if (free < 0)
            {
                free = i;
            }
            else if (snapshot.Labels is not { } labels || labels[i] != labels[free] || snapshot.Count < 2 * Pairs)
            {
                pairs.Add((free, i));
                free = -1;
            }
        }
        return pairs.Count > 0 ? pairs : [(0, 0)];
    }

    private static byte[] Original(LatentSnapshot snapshot, int index)
    {
        var pixels = snapshot.Shape.Pixels;
        return Array.ConvertAll(snapshot.Images[(index * pixels)..((index + 1) * pixels)], value => (byte)Math.Round(value * 255));
    }
}
