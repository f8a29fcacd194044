namespace Orchestrator.Core.Evaluation.Separation;

/// <summary>How far a clustering agrees with labels, whatever the clusters are called.</summary>
public static class ClusterAgreement
{
    /// <summary>
    /// Normalized mutual information, I(cluster; label) over the arithmetic mean of the two entropies; 0 to 1.
    /// Two constant assignments agree: 1.
    /// </summary>
    public static double NormalizedMutualInformation(ReadOnlySpan<int> clusters, ReadOnlySpan<byte> labels)
    {
        var (table, rows, columns) = Contingency(clusters, labels);
        double n = clusters.Length;
        var information = 0.0;
        foreach (var ((row, column), count) in table)
            information += count / n * Math.Log(count * n / ((double)rows[row] * columns[column]));
        var mean = (Entropy(rows.Values, n) + Entropy(columns.Values, n)) / 2;
        return mean == 0 ? 1 : Math.Clamp(information / mean, 0, 1);
    }

    /// <summary>Adjusted Rand index (Hubert and Arabie 1985): 1 is equal partitions, 0 the expectation by chance.</summary>
    public static double AdjustedRandIndex(ReadOnlySpan<int> clusters, ReadOnlySpan<byte> labels)
    {
        var (table, rows, columns) = Contingency(clusters, labels);
        static double Pairs(double count) => count * (count - 1) / 2;
        var both = table.Values.Sum(count => Pairs(count));
        var inRows = rows.Values.Sum(count => Pairs(count));
        var inColumns = columns.Values.Sum(count => Pairs(count));
        var expected = clusters.Length < 2 ? 0 : inRows * inColumns / Pairs(clusters.Length);
        var largest = (inRows + inColumns) / 2;
        return largest == expected ? 1 : (both - expected) / (largest - expected);
    }

    private static double Entropy(IEnumerable<int> counts, double n) => -counts.Sum(count => count / n * Math.Log(count / n));

    private static (Dictionary<(int, byte), int> Table, Dictionary<int, int> Rows, Dictionary<byte, int> Columns) Contingency(
        ReadOnlySpan<int> clusters, ReadOnlySpan<byte> labels)
    {
        if (clusters.Length != labels.Length)
            throw new ArgumentException($"{clusters.Length} assignments have {labels.Length} labels", nameof(labels));
        var table = new Dictionary<(int, byte), int>();
        var rows = new Dictionary<int, int>();
        var columns = new Dictionary<byte, int>();
        for (var i = 0; i < clusters.Length; i++)
        {
            table[(clusters[i], labels[i])] = table.GetValueOrDefault((clusters[i], labels[i])) + 1;
            rows[clusters[i]] = rows.GetValueOrDefault(clusters[i]) + 1;
            columns[labels[i]] = columns.GetValueOrDefault(labels[i]) + 1;
        }

        return (table, rows, columns);
    }
}
