using Orchestrator.Core.Evaluation;
using Orchestrator.Core.Evaluation.Separation;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Tests.Evaluation;

public sealed class SeparationTests
{
    private static readonly LatentCodes Line = new([0, 1, 4, 5], 1);
    private static readonly byte[] Pairs = [0, 0, 1, 1];

    // Two clouds around (0,0) and (6,6), on a small fixed grid.
    private static (LatentCodes Codes, byte[] Labels) Clouds()
    {
        var values = new List<float>();
        var labels = new List<byte>();
        for (var cloud = 0; cloud < 2; cloud++)
            for (var i = 0; i < 25; i++)
            {
                values.Add(6 * cloud + i % 5 * 0.2f);
                values.Add(6 * cloud + i / 5 * 0.2f);
                labels.Add((byte)cloud);
            }

        return (new LatentCodes([.. values], 2), [.. labels]);
    }

    [Fact]
    public void Silhouette_equals_the_hand_worked_case()
    {
        // a = 1 for all; b = 4.5, 3.5, 3.5, 4.5.
        var expected = ((3.5 / 4.5) + (2.5 / 3.5)) / 2;
        Assert.Equal(expected, Silhouette.Of(Line, Pairs), 12);
    }

    [Fact]
    public void Silhouette_is_negative_for_labels_that_cut_across_the_clouds() =>
        Assert.True(Silhouette.Of(Line, [0, 1, 0, 1]) < 0);

    [Fact]
    public void Silhouette_refuses_a_single_label() =>
        Assert.Throws<ArgumentException>(() => Silhouette.Of(Line, [3, 3, 3, 3]));

    [Fact]
    public void Nearest_neighbours_vote_and_break_ties_by_the_nearest()
    {
        var test = new LatentCodes([0.4f, 3.4f, 2.4f], 1);
        Assert.Equal(1.0, NearestNeighbours.Accuracy(Line, Pairs, test, [0, 1, 0], 1));
        // With two neighbours the vote at 2.4 is a tie of 1 and 4: the nearer, 1, wins.
        Assert.Equal(1.0, NearestNeighbours.Accuracy(Line, Pairs, test, [0, 1, 0], 2));
        Assert.Equal(1.0 / 3, NearestNeighbours.Accuracy(Line, Pairs, test, [1, 0, 0], 1), 12);
    }

    [Fact]
    public void K_means_finds_two_clouds_and_is_the_same_for_the_same_seed()
    {
        var (codes, labels) = Clouds();
        var clusters = KMeans.Cluster(codes, 2, seed: 7);
        Assert.Equal(1.0, ClusterAgreement.AdjustedRandIndex(clusters, labels), 12);
        Assert.Equal(1.0, ClusterAgreement.NormalizedMutualInformation(clusters, labels), 12);
        Assert.Equal(clusters, KMeans.Cluster(codes, 2, seed: 7));
    }

    [Fact]
    public void Agreement_equals_the_hand_worked_case()
    {
        int[] clusters = [0, 0, 1, 1, 1, 2];
        byte[] labels = [0, 0, 0, 1, 1, 1];
        // Pairs together in both 2, in clusters 4, in labels 6, of 15: expectation 1.6, largest 5.
        Assert.Equal((2 - 1.6) / (5 - 1.6), ClusterAgreement.AdjustedRandIndex(clusters, labels), 12);
        var information = 2.0 / 6 * Math.Log(2) + 1.0 / 6 * Math.Log(2.0 / 3) + 2.0 / 6 * Math.Log(4.0 / 3) + 1.0 / 6 * Math.Log(2);
        var entropyOfClusters = -(2.0 / 6 * Math.Log(2.0 / 6) + 3.0 / 6 * Math.Log(3.0 / 6) + 1.0 / 6 * Math.Log(1.0 / 6));
        Assert.Equal(information / ((entropyOfClusters + Math.Log(2)) / 2), ClusterAgreement.NormalizedMutualInformation(clusters, labels), 12);
    }

    [Fact]
    public void Agreement_with_one_cluster_is_zero()
    {
        Assert.Equal(0.0, ClusterAgreement.AdjustedRandIndex([0, 0, 0, 0], Pairs), 12);
        Assert.Equal(0.0, ClusterAgreement.NormalizedMutualInformation([0, 0, 0, 0], Pairs), 12);
    }

    [Fact]
    public void The_linear_probe_separates_what_a_line_separates_and_only_that()
    {
        var (codes, labels) = Clouds();
        int[] classes = [.. labels.Select(label => (int)label)];
        Assert.Equal(1.0, LogisticRegression.Fit(codes, classes, 2).Accuracy(codes, classes));

        var exclusiveOr = new LatentCodes([0, 0, 1, 1, 0, 1, 1, 0], 2);
        int[] answers = [0, 0, 1, 1];
        var probabilities = LogisticRegression.Fit(exclusiveOr, answers, 2).Probabilities(exclusiveOr);
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(0.5, probabilities[i, 0], 4));
    }

    [Fact]
    public void The_linear_probe_meets_the_optimality_condition_of_its_loss()
    {
        var codes = new LatentCodes([0, 1, 2, 3, 4, 5], 1);
        int[] labels = [0, 0, 1, 0, 1, 1];
        var probabilities = LogisticRegression.Fit(codes, labels, 2).Probabilities(codes);
        // The intercept is hardly penalized: predicted and observed counts must agree.
        Assert.Equal(3.0, probabilities.Column(1).Sum(), 2);
    }

    [Fact]
    public void Area_under_the_curve_counts_ties_as_one_half()
    {
        Assert.Equal(1.0, RocCurve.AreaUnder([1, 2, 3, 4], [false, false, true, true]));
        Assert.Equal(0.0, RocCurve.AreaUnder([4, 3, 2, 1], [false, false, true, true]));
        Assert.Equal(0.5, RocCurve.AreaUnder([1, 1, 1, 1], [false, true, false, true]));
        Assert.Equal(3.5 / 4, RocCurve.AreaUnder([1, 2, 2, 3], [false, false, true, true]));
        Assert.Throws<ArgumentException>(() => RocCurve.AreaUnder([1, 2], [true, true]));
    }
}
