using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Separation;

/// <summary>Accuracy of a k-nearest-neighbour classifier on latent codes: how far labels are neighbourhoods.</summary>
public static class NearestNeighbours
{
    /// <summary>
    /// The share of test codes whose label wins the vote of the <paramref name="k"/> nearest training codes (Euclidean).
    /// A tied vote goes to the tied label with the nearest member.
    /// </summary>
    /// <exception cref="ArgumentException">Counts differ or <paramref name="k"/> exceeds the training codes.</exception>
    public static double Accuracy(
        LatentCodes train, ReadOnlySpan<byte> trainLabels, LatentCodes test, ReadOnlySpan<byte> testLabels, int k)
    {
        if (train.Count != trainLabels.Length || test.Count != testLabels.Length)
            throw new ArgumentException("each code needs one label");
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, train.Count);

        var distances = new double[train.Count];
        var order = new int[train.Count];
        var right = 0;
        for (var i = 0; i < test.Count; i++)
        {
            for (var j = 0; j < train.Count; j++)
            {
                distances[j] = LatentCodes.SquaredDistance(test[i], train[j]);
                order[j] = j;
            }

            Nearest(distances, order, k);
            if (Vote(order.AsSpan(0, k), trainLabels) == testLabels[i])
                right++;
        }

        return (double)right / test.Count;
    }

    // Moves the k nearest to the front, in order of distance, ties by index.
    private static void Nearest(double[] distances, int[] order, int k)
    {
        for (var place = 0; place < k; place++)
        {
            var best = place;
            for (var j = place + 1; j < order.Length; j++)
            {
                var order0 = distances[order[j]].CompareTo(distances[order[best]]);
                if (order0 < 0 || (order0 == 0 && order[j] < order[best]))
                    best = j;
            }

            (order[place], order[best]) = (order[best], order[place]);
        }
    }

    private static byte Vote(ReadOnlySpan<int> nearest, ReadOnlySpan<byte> labels)
    {
        Span<int> votes = stackalloc int[256];
        foreach (var index in nearest)
            votes[labels[index]]++;
        var winner = labels[nearest[0]];
        foreach (var index in nearest)
            if (votes[labels[index]] > votes[winner])
                winner = labels[index];
        return winner;
    }
}
