namespace Orchestrator.Core.Evaluation;

/// <summary>Receiver operating characteristic of an anomaly score.</summary>
public static class RocCurve
{
    /// <summary>
    /// The area under the curve: the chance that an anomaly scores above a normal image, a tie counting one half
    /// (the Mann-Whitney statistic).
    /// </summary>
    /// <param name="scores">The score of each image; more is more anomalous.</param>
    /// <param name="anomalous">Whether it is an anomaly.</param>
    /// <exception cref="ArgumentException">Counts differ, or one of the two kinds is missing.</exception>
    public static double AreaUnder(ReadOnlySpan<double> scores, ReadOnlySpan<bool> anomalous)
    {
        if (scores.Length != anomalous.Length)
            throw new ArgumentException($"{scores.Length} scores have {anomalous.Length} answers", nameof(anomalous));
        var keys = scores.ToArray();
        var answers = anomalous.ToArray();
        Array.Sort(keys, answers);

        var rankSum = 0.0;
        long positives = 0;
        for (var start = 0; start < keys.Length;)
        {
            var end = start;
            while (end < keys.Length && keys[end].Equals(keys[start]))
                end++;
            var meanRank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++)
                if (answers[i])
                {
                    rankSum += meanRank;
                    positives++;
                }

            start = end;
        }

        var negatives = keys.Length - positives;
        if (positives == 0 || negatives == 0)
            throw new ArgumentException("a ROC curve needs anomalies and normal images", nameof(anomalous));
        return (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
