namespace Orchestrator.Core.Evaluation.Disentanglement;

/// <summary>
/// Mutual information gap (Chen et al. 2018): for each factor the difference of the two largest I(latent; factor) over
/// the factor's entropy, averaged over factors. 0 to 1.
/// </summary>
public static class MutualInformationGap
{
    /// <summary>The gap from a matrix [dimensions, factors] and each factor's entropy, both in nats.</summary>
    public static double Of(double[,] information, IReadOnlyList<double> entropies)
    {
        var sum = 0.0;
        for (var f = 0; f < entropies.Count; f++)
        {
            double first = 0, second = 0;
            for (var d = 0; d < information.GetLength(0); d++)
                if (information[d, f] > first)
                    (first, second) = (information[d, f], first);
                else
                    second = Math.Max(second, information[d, f]);
            sum += entropies[f] > 0 ? (first - second) / entropies[f] : 0;
        }

        return sum / entropies.Count;
    }
}
