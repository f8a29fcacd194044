using Orchestrator.Core.Data;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Separation;

/// <summary>k-means clustering (Lloyd 1982) with k-means++ seeding (Arthur and Vassilvitskii 2007).</summary>
public static class KMeans
{
    /// <summary>The cluster of each code: the best of <paramref name="restarts"/> seeded starts by within-cluster squared distance.</summary>
    public static int[] Cluster(LatentCodes codes, int clusters, ulong seed, int restarts = 4, int iterations = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, codes.Count);
        int[] best = [];
        var least = double.PositiveInfinity;
        for (var restart = 0; restart < restarts; restart++)
        {
            var centres = Start(codes, clusters, SeedSequence.Derive(seed, "k-means", (ulong)restart));
            var assignment = new int[codes.Count];
            var inertia = double.PositiveInfinity;
            for (var step = 0; step < iterations; step++)
            {
                var next = Assign(codes, centres, assignment);
                Move(codes, assignment, centres);
                if (next >= inertia)
                    break;
                inertia = next;
            }

            if (inertia < least)
                (least, best) = (inertia, assignment);
        }

        return best;
    }

    private static double[][] Start(LatentCodes codes, int clusters, ulong seed)
    {
        var random = new SplitMix64(seed);
        double Uniform() => (random.Next() >> 11) * (1.0 / (1UL << 53));
        var centres = new double[clusters][];
        centres[0] = Copy(codes[(int)(Uniform() * codes.Count)]);
        var nearest = new double[codes.Count];
        Array.Fill(nearest, double.PositiveInfinity);
        for (var c = 1; c < clusters; c++)
        {
            var sum = 0.0;
            for (var i = 0; i < codes.Count; i++)
                sum += nearest[i] = Math.Min(nearest[i], SquaredDistance(codes[i], centres[c - 1]));
            var target = Uniform() * sum;
            var chosen = 0;
            while (chosen < codes.Count - 1 && (target -= nearest[chosen]) > 0)
                chosen++;
            centres[c] = Copy(codes[chosen]);
        }

        return centres;
    }

    private static double Assign(LatentCodes codes, double[][] centres, int[] assignment)
    {
        var inertia = 0.0;
        var rounded = Array.ConvertAll(centres, centre => Array.ConvertAll(centre, value => (float)value));
        for (var i = 0; i < codes.Count; i++)
        {
            var least = double.PositiveInfinity;
            for (var c = 0; c < centres.Length; c++)
            {
                var distance = LatentCodes.SquaredDistance(codes[i], rounded[c]);
                if (distance < least)
                    (least, assignment[i]) = (distance, c);
            }

            inertia += least;
        }

        return inertia;
    }

    private static void Move(LatentCodes codes, int[] assignment, double[][] centres)
    {
        var sums = centres.Select(centre => new double[centre.Length]).ToArray();
        var sizes = new int[centres.Length];
        for (var i = 0; i < codes.Count; i++)
        {
            sizes[assignment[i]]++;
            for (var d = 0; d < codes.Dimensions; d++)
                sums[assignment[i]][d] += codes[i][d];
        }

        // An empty cluster keeps its centre.
        for (var c = 0; c < centres.Length; c++)
            if (sizes[c] > 0)
                centres[c] = [.. sums[c].Select(sum => sum / sizes[c])];
    }

    private static double SquaredDistance(ReadOnlySpan<float> code, double[] centre)
    {
        var sum = 0.0;
        for (var d = 0; d < centre.Length; d++)
            sum += (code[d] - centre[d]) * (code[d] - centre[d]);
        return sum;
    }

    private static double[] Copy(ReadOnlySpan<float> code)
    {
        var copy = new double[code.Length];
        for (var d = 0; d < code.Length; d++)
            copy[d] = code[d];
        return copy;
    }
}
