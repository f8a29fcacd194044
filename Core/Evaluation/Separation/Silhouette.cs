using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Separation;

/// <summary>
/// Silhouette coefficient (Rousseeuw 1987): the mean over images of (b - a) / max(a, b), where a is the mean distance
/// to the other images of its own label and b the least mean distance to the images of another label. From -1 to 1.
/// </summary>
public static class Silhouette
{
    /// <summary>The coefficient with Euclidean distances. An image alone with its label counts as 0.</summary>
    /// <exception cref="ArgumentException">Counts differ, or there are fewer than two labels.</exception>
    public static double Of(LatentCodes codes, ReadOnlySpan<byte> labels)
    {
        if (labels.Length != codes.Count)
            throw new ArgumentException($"{codes.Count} codes have {labels.Length} labels", nameof(labels));
        var sizes = new int[256];
        foreach (var label in labels)
            sizes[label]++;
        if (sizes.Count(size => size > 0) < 2)
            throw new ArgumentException("a silhouette needs at least two labels", nameof(labels));

        var total = 0.0;
        var sums = new double[256];
        for (var i = 0; i < codes.Count; i++)
        {
            Array.Clear(sums);
            for (var j = 0; j < codes.Count; j++)
                sums[labels[j]] += Math.Sqrt(LatentCodes.SquaredDistance(codes[i], codes[j]));
            total += Width(labels[i], sums, sizes);
        }

        return total / codes.Count;
    }

    private static double Width(byte own, double[] sums, int[] sizes)
    {
        if (sizes[own] == 1)
            return 0;
        var within = sums[own] / (sizes[own] - 1);
        var between = double.PositiveInfinity;
        for (var label = 0; label < sizes.Length; label++)
            if (label != own && sizes[label] > 0)
                between = Math.Min(between, sums[label] / sizes[label]);
        var larger = Math.Max(within, between);
        return larger == 0 ? 0 : (between - within) / larger;
    }
}
