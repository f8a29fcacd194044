namespace Orchestrator.Core.Evaluation.Disentanglement;

/// <summary>
/// Disentanglement, completeness and informativeness (Eastwood and Williams 2018) from an importance matrix. The seed
/// documents call the first modularity and the second compactness.
/// </summary>
/// <param name="Disentanglement">1 where each dimension matters for one factor only; dimensions weighted by importance.</param>
/// <param name="Completeness">1 where each factor is carried by one dimension only; factors weighted by importance.</param>
public sealed record Dci(double Disentanglement, double Completeness)
{
    /// <summary>The scores of an importance matrix [dimensions, factors] of non-negative entries.</summary>
    public static Dci Of(double[,] importance)
    {
        var (dimensions, factors) = (importance.GetLength(0), importance.GetLength(1));
        var rows = Enumerable.Range(0, dimensions).Select(d => Enumerable.Range(0, factors).Select(f => importance[d, f]).ToArray());
        var columns = Enumerable.Range(0, factors).Select(f => Enumerable.Range(0, dimensions).Select(d => importance[d, f]).ToArray());
        return new(Concentration(rows, factors), Concentration(columns, dimensions));
    }

    // 1 minus the entropy of each line in units of its largest possible entropy, lines weighted by their sums.
    private static double Concentration(IEnumerable<double[]> lines, int length)
    {
        double weighted = 0, total = 0;
        foreach (var line in lines)
        {
            var sum = line.Sum();
            if (sum <= 0)
                continue;
            var entropy = -line.Where(value => value > 0).Sum(value => value / sum * Math.Log(value / sum));
            weighted += sum * (length > 1 ? 1 - entropy / Math.Log(length) : 1);
            total += sum;
        }

        return total > 0 ? weighted / total : 0;
    }
}
