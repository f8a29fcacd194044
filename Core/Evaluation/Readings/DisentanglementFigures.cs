using System.Collections.Immutable;
using Orchestrator.Core.Evaluation.Disentanglement;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>How far latent dimensions and known generative factors go together, on data whose factors are known.</summary>
internal static class DisentanglementFigures
{
    /// <summary>More dimensions would take too long, and no published protocol has as many.</summary>
    private const int MostDimensions = 64;
    private const ulong Seed = 0;
    private const string Sample = "posterior means of 2,000 fixed test images";

    public static readonly ReadingMeasure Gap = ReadingMeasure.Share(
        "mig.mean.hist20.n2000", "share of the factor's entropy",
        $"mutual information gap (Chen et al. 2018) over all factors that vary, 20 equal bins per dimension; {Sample}");

    public static readonly ReadingMeasure Modularity = ReadingMeasure.Share(
        "modularity.mean.hist20.n2000", "score",
        $"modularity of Ridgeway and Mozer (2018): each dimension informs of one factor only; 20 equal bins per dimension; {Sample}");

    public static readonly ReadingMeasure Explicitness = new(
        "explicitness.mean.n2000", "score", Contracts.MetricDirection.Maximize,
        $"explicitness of Ridgeway and Mozer (2018): area under the ROC curve of logistic regression for each factor value, 0 by chance; fitted on one half, measured on the other; {Sample}", -1, 1);

    public static readonly ReadingMeasure Disentanglement = ReadingMeasure.Share(
        "dci_disentanglement.mean.forest10.n2000", "score",
        $"disentanglement of Eastwood and Williams (2018), modularity in other words, from the importances of random forests of 10 trees; {Sample}");

    public static readonly ReadingMeasure Completeness = ReadingMeasure.Share(
        "dci_completeness.mean.forest10.n2000", "score",
        $"completeness of Eastwood and Williams (2018), compactness in other words, from the same forests; {Sample}");

    public static readonly ReadingMeasure Informativeness = ReadingMeasure.Share(
        "dci_informativeness.mean.forest10.n2000", "accuracy",
        $"mean accuracy of the same forests on the half that they were not grown on; {Sample}");

    /// <summary>All of them.</summary>
    public static readonly ReadingMeasure[] All =
        [Gap, Modularity, Explicitness, Disentanglement, Completeness, Informativeness];

    /// <summary>The figures; none where fewer than two factors are known or the code has more than 64 dimensions.</summary>
    public static IEnumerable<(ReadingMeasure Measure, double Value)> Of(LatentSnapshot snapshot)
    {
        var (codes, factors) = (snapshot.Codes, snapshot.Factors);
        if (factors.Length < 2 || codes.Dimensions > MostDimensions || snapshot.Count < 20)
            return [];
        var information = MutualInformation.Matrix(codes, factors);
        double[] entropies = [.. factors.Select(values => MutualInformation.Entropy(values))];
        return
        [
            (Gap, MutualInformationGap.Of(information, entropies)),
            (Modularity, Evaluation.Disentanglement.Modularity.Of(information)),
            .. Fitted(codes, factors),
        ];
    }

    private static IEnumerable<(ReadingMeasure, double)> Fitted(LatentCodes codes, ImmutableArray<int[]> factors)
    {
        var half = codes.Count / 2;
        var train = codes.Take([.. Enumerable.Range(0, half)]);
        var test = codes.Take([.. Enumerable.Range(half, codes.Count - half)]);
        int[][] known = [.. factors.Select(values => values[..half])];
        int[][] asked = [.. factors.Select(values => values[half..])];
        yield return (Explicitness, Evaluation.Disentanglement.Explicitness.Of(train, known, test, asked));

        var importance = new double[codes.Dimensions, factors.Length];
        var accuracy = 0.0;
        for (var f = 0; f < factors.Length; f++)
        {
            var forest = RandomForest.Fit(train, known[f], factors[f].Max() + 1, Seed);
            accuracy += forest.Accuracy(test, asked[f]) / factors.Length;
            for (var d = 0; d < codes.Dimensions; d++)
                importance[d, f] = forest.Importances[d];
        }
        var scores = Dci.Of(importance);
        yield return (Disentanglement, scores.Disentanglement);
        yield return (Completeness, scores.Completeness);
        yield return (Informativeness, accuracy);
    }
}
