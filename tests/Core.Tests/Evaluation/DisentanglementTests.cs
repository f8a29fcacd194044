using Orchestrator.Core.Evaluation.Disentanglement;
using Orchestrator.Core.Latent;

namespace Orchestrator.Core.Tests.Evaluation;

public sealed class DisentanglementTests
{
    // Every combination of two factors of 4 values, four times; the code is the factors, or a rotation of them.
    private static readonly int[] First = [.. Enumerable.Range(0, 64).Select(i => i / 4 % 4)];
    private static readonly int[] Second = [.. Enumerable.Range(0, 64).Select(i => i % 4)];

    private static LatentCodes Codes(Func<int, int, (float, float)> code) =>
        new([.. Enumerable.Range(0, 64).SelectMany(i => { var (a, b) = code(First[i], Second[i]); return new[] { a, b }; })], 2);

    private static LatentCodes Axes => Codes((a, b) => (a, b));

    private static LatentCodes Rotated => Codes((a, b) => (a + b, a - b));

    [Fact]
    public void Information_of_a_copy_is_the_entropy_and_of_an_independent_factor_nothing()
    {
        var information = MutualInformation.Matrix(Axes, [First, Second]);
        Assert.Equal(Math.Log(4), information[0, 0], 12);
        Assert.Equal(0.0, information[0, 1], 12);
        Assert.Equal(Math.Log(4), MutualInformation.Entropy(First), 12);
    }

    [Fact]
    public void Axis_aligned_codes_score_one_and_rotated_ones_less()
    {
        var aligned = MutualInformation.Matrix(Axes, [First, Second]);
        var rotated = MutualInformation.Matrix(Rotated, [First, Second]);
        double[] entropies = [Math.Log(4), Math.Log(4)];
        Assert.Equal(1.0, MutualInformationGap.Of(aligned, entropies), 9);
        Assert.Equal(1.0, Modularity.Of(aligned), 9);
        Assert.Equal(0.0, MutualInformationGap.Of(rotated, entropies), 9);
        Assert.Equal(0.0, Modularity.Of(rotated), 9);
    }

    [Fact]
    public void The_gap_and_modularity_equal_the_hand_worked_case()
    {
        var information = new[,] { { 1.0, 0.5 }, { 0.25, 0.5 } };
        Assert.Equal((0.75 / 1.5 + 0.0) / 2, MutualInformationGap.Of(information, [1.5, 1.0]), 12);
        // Largest 1 with another of 0.5, and largest 0.5 with another of 0.25: 1 - 1/4 both times.
        Assert.Equal(0.75, Modularity.Of(information), 12);
    }

    [Fact]
    public void A_dimension_without_information_does_not_count_for_modularity() =>
        Assert.Equal(1.0, Modularity.Of(new[,] { { 1.0, 0.0 }, { 0.0, 0.0 } }), 12);

    [Fact]
    public void Dci_equals_the_hand_worked_case()
    {
        var perfect = Dci.Of(new[,] { { 2.0, 0.0 }, { 0.0, 1.0 } });
        Assert.Equal(1.0, perfect.Disentanglement, 12);
        Assert.Equal(1.0, perfect.Completeness, 12);

        // Row 1 is spread evenly (score 0, weight 2); row 2 concentrated (score 1, weight 1).
        var mixed = Dci.Of(new[,] { { 1.0, 1.0 }, { 1.0, 0.0 } });
        Assert.Equal(1.0 / 3, mixed.Disentanglement, 12);
        Assert.Equal(1.0 / 3, mixed.Completeness, 12);
        Assert.Equal(new Dci(0, 0), Dci.Of(new[,] { { 0.0, 0.0 }, { 0.0, 0.0 } }));
    }

    [Fact]
    public void The_forest_reads_factors_and_says_which_dimension_they_came_from()
    {
        var forest = RandomForest.Fit(Axes, First, 4, seed: 3);
        Assert.Equal(1.0, forest.Accuracy(Axes, First));
        Assert.True(forest.Importances[0] > 0.95);
        var again = RandomForest.Fit(Axes, First, 4, seed: 3);
        Assert.Equal(forest.Importances, again.Importances);
    }

    [Fact]
    public void Explicitness_is_high_where_each_value_is_an_end_of_an_axis_and_lower_in_between()
    {
        int[] ends = [.. First.Select(value => value >= 2 ? 1 : 0)];
        Assert.Equal(1.0, Explicitness.Of(Axes, [ends], Axes, [ends]), 6);
        // The middle values of a line are no half-spaces.
        Assert.InRange(Explicitness.Of(Axes, [First], Axes, [First]), 0.3, 0.8);
    }
}
