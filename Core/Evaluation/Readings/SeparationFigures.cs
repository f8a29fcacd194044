using Orchestrator.Core.Contracts;
using Orchestrator.Core.Evaluation.Separation;

namespace Orchestrator.Core.Evaluation.Readings;

/// <summary>How far the latent space separates the labels.</summary>
internal static class SeparationFigures
{
    private const int Neighbours = 5;
    private const ulong Seed = 0;
    private const string Halves = "fitted on the first half of 2,000 fixed test images, measured on the second";

    public static readonly ReadingMeasure Silhouette = new(
        "silhouette.mean.n2000", "coefficient", MetricDirection.Maximize,
        "mean silhouette of the labels over the posterior means of 2,000 fixed test images, Euclidean (Rousseeuw 1987)", -1, 1);

    public static readonly ReadingMeasure Knn = ReadingMeasure.Share(
        "knn5.mean.n2000", "accuracy", $"5-nearest-neighbour classification of the posterior means; {Halves}");

    public static readonly ReadingMeasure Probe = ReadingMeasure.Share(
        "linear_probe.mean.n2000", "accuracy", $"multinomial logistic regression on the standardized posterior means, L2 penalty 1e-4; {Halves}");

    public static readonly ReadingMeasure Information = ReadingMeasure.Share(
        "kmeans_nmi.mean.n2000", "normalized mutual information",
        "agreement of k-means clusters of the posterior means (as many as there are classes) with the labels, over the mean of the two entropies; 2,000 fixed test images");

    public static readonly ReadingMeasure Rand = new(
        "kmeans_ari.mean.n2000", "adjusted Rand index", MetricDirection.Maximize,
        "agreement of the same k-means clusters with the labels, 0 by chance (Hubert and Arabie 1985); 2,000 fixed test images", -1, 1);

    public static readonly ReadingMeasure Told = ReadingMeasure.Share(
        "label_accuracy.mean.n2000", "accuracy",
        "share of 2,000 fixed test images whose class the classifier of a label-vae tells from their posterior means");

    /// <summary>All of them.</summary>
    public static readonly ReadingMeasure[] All = [Silhouette, Knn, Probe, Information, Rand, Told];

    /// <summary>The figures; none where there are fewer than two labels, or too few images to fit on half of them.</summary>
    public static IEnumerable<(ReadingMeasure Measure, double Value)> Of(LatentSnapshot snapshot)
    {
        if (snapshot.Labels is not { } labels || snapshot.Count < 4 * Neighbours)
            yield break;
        var classes = labels.Distinct().Count();
        if (classes < 2)
            yield break;

        var (codes, half) = (snapshot.Codes, snapshot.Count / 2);
        var fitted = codes.Take([.. Enumerable.Range(0, half)]);
        var held = codes.Take([.. Enumerable.Range(half, snapshot.Count - half)]);
        yield return (Silhouette, Separation.Silhouette.Of(codes, labels));
        yield return (Knn, NearestNeighbours.Accuracy(fitted, labels.AsSpan(0, half), held, labels.AsSpan(half), Neighbours));

        var numbers = Array.ConvertAll(labels, label => (int)label);
        var probe = LogisticRegression.Fit(fitted, numbers.AsSpan(0, half), numbers.Max() + 1);
        yield return (Probe, probe.Accuracy(held, numbers.AsSpan(half)));

        var clusters = KMeans.Cluster(codes, classes, Seed);
        yield return (Information, ClusterAgreement.NormalizedMutualInformation(clusters, labels));
        yield return (Rand, ClusterAgreement.AdjustedRandIndex(clusters, labels));
        if (snapshot.ToldClasses is { } told)
            yield return (Told, told.Zip(numbers).Average(pair => pair.First == pair.Second ? 1.0 : 0.0));
    }
}
