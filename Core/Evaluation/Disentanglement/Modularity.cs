namespace Orchestrator.Core.Evaluation.Disentanglement;

/// <summary>
/// Modularity (Ridgeway and Mozer 2018): 1 where each latent dimension carries information about one factor only.
/// For a dimension with largest information θ, 1 - Σ I² / (θ² (factors - 1)) over the other factors.
/// </summary>
public static class Modularity
{
    // Below this a dimension carries nothing and has no modularity to speak of.
    private const double Nothing = 1e-3;

    /// <summary>The mean over the dimensions that carry any information; 0 where none does.</summary>
    /// <param name="information">I(latent; factor) in nats, [dimensions, factors], at least two factors.</param>
    public static double Of(double[,] information)
    {
        var (dimensions, factors) = (information.GetLength(0), information.GetLength(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(factors, 2, nameof(information));
        var (sum, counted) = (0.0, 0);
        for (var d = 0; d < dimensions; d++)
        {
            var row = Enumerable.Range(0, factors).Select(f => information[d, f]).ToArray();
            var largest = row.Max();
            if (largest < Nothing)
                continue;
            var others = row.Sum(value => value * value) - largest * largest;
            sum += 1 - others / (largest * largest * (factors - 1));
            counted++;
        }

        return counted == 0 ? 0 : sum / counted;
    }
}
