using Orchestrator.Core.Contracts;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>How many directions the latent space uses, by principal components of the posterior means.</summary>
internal static class VarianceFigures
{
    private const double Most = 0.95;

    public static readonly ReadingMeasure FirstTwo = new(
        "pca_first2.mean.n2000", "share of variance", MetricDirection.Neutral,
        "share of the posterior means' variance along their first two principal components; 2,000 fixed test images", 0, 1);

    public static readonly ReadingMeasure Directions = new(
        "pca_directions95.mean.n2000", "directions", MetricDirection.Neutral,
        "principal components that together hold 95 % of the posterior means' variance, 0 where nothing varies; 2,000 fixed test images", 0);

    /// <summary>All of them.</summary>
    public static readonly ReadingMeasure[] All = [FirstTwo, Directions];

    /// <summary>The figures; none for a single image.</summary>
    public static IEnumerable<(ReadingMeasure Measure, double Value)> Of(LatentSnapshot snapshot)
    {
        if (snapshot.Count < 2)
            yield break;
        var shares = PrincipalComponents.Of(snapshot.Codes).ExplainedRatio;
        yield return (FirstTwo, shares.Take(2).Sum());
        yield return (Directions, DirectionsFor(shares));
    }

    private static int DirectionsFor(IReadOnlyList<double> shares)
    {
        if (shares[0] == 0)
            return 0;
        var (sum, directions) = (0.0, 0);
        while (directions < shares.Count && sum < Most)
            sum += shares[directions++];
        return directions;
    }
}
