using System.Security.Cryptography;
using Orchestrator.Core.Data;

namespace Orchestrator.Core.Evaluation.Plausibility;

/// <summary>What no model can pass on a set of images, exactly, from the images alone.</summary>
/// <param name="PixelEntropy">Nats per image: the least mean Bernoulli cross-entropy, whatever is predicted for each pixel.</param>
/// <param name="DistinctEntropy">
/// Nats per image where every pixel is black or white, else null: the entropy of a uniform choice among these images, ln N
/// where all differ. The probabilities of different images add up to one at most, so no mean log-likelihood is above −this.
/// </param>
internal sealed record ImageLevels(double PixelEntropy, double? DistinctEntropy)
{
    /// <summary>The levels of some images of a set.</summary>
    public static ImageLevels Of(ImageSet images, IReadOnlyList<int> indices)
    {
        var histogram = new long[256];
        foreach (var index in indices)
            foreach (var value in images.Image(index))
                histogram[value]++;
        var entropy = histogram.Select((count, value) => count * Bernoulli.Entropy(value / 255.0)).Sum() / indices.Count;
        return new(entropy, entropy == 0 ? EntropyOf(images, indices) : null);
    }

    private static double EntropyOf(ImageSet images, IReadOnlyList<int> indices) => indices
        .GroupBy(index => Convert.ToHexString(SHA256.HashData(images.Image(index))), StringComparer.Ordinal)
        .Select(group => (double)group.Count() / indices.Count)
        .Sum(share => -share * Math.Log(share));
}
