using MathNet.Numerics.LinearAlgebra;
using Orchestrator.Core.Evaluation.Generation;

namespace Orchestrator.Core.Tests.Evaluation;

public sealed class FrechetDistanceTests
{
    [Fact]
    public void Commuting_covariances_give_the_hand_worked_case()
    {
        // |μ|²: 9 + 16; standard deviations 1 against 3 and 2 against 4.
        var first = Moments([0, 0], new double[,] { { 1, 0 }, { 0, 4 } });
        var second = Moments([3, 4], new double[,] { { 9, 0 }, { 0, 16 } });

        Assert.Equal(25 + 4 + 4, FrechetDistance.Between(first, second), 10);
    }

    [Fact]
    public void Other_covariances_give_the_closed_form_of_two_dimensions()
    {
        // The square root of a 2x2 matrix M has the trace √(tr M + 2 √det M); Σ₁Σ₂ has trace 8 and determinant 9.
        var first = Moments([0, 0], new double[,] { { 2, 1 }, { 1, 2 } });
        var second = Moments([0, 0], new double[,] { { 3, 0 }, { 0, 1 } });

        Assert.Equal(8 - 2 * Math.Sqrt(14), FrechetDistance.Between(first, second), 10);
        Assert.Equal(8 - 2 * Math.Sqrt(14), FrechetDistance.Between(second, first), 10);
    }

    [Fact]
    public void Three_dimensions_agree_with_another_way_to_take_the_root()
    {
        // 5.5766... is by the Denman-Beavers iteration on Σ₁Σ₂ itself, which is not symmetric, in another program.
        var first = Moments([0.5, -1, 2], new[,] { { 4, 1, 0.5 }, { 1, 3, -0.25 }, { 0.5, -0.25, 2 } });
        var second = Moments([1.5, 0.25, 1], new[,] { { 1, 0.3, -0.2 }, { 0.3, 2, 0.6 }, { -0.2, 0.6, 5 } });

        Assert.Equal(5.576694212249421, FrechetDistance.Between(first, second), 10);
    }

    [Fact]
    public void Features_that_never_vary_have_a_distance_too()
    {
        var still = Moments([1, 1], new double[,] { { 0, 0 }, { 0, 0 } });
        var moving = Moments([1, 2], new double[,] { { 4, 0 }, { 0, 0 } });

        Assert.Equal(1 + 4, FrechetDistance.Between(still, moving), 10);
        Assert.Equal(0, FrechetDistance.Between(still, still), 10);
    }

    [Fact]
    public void Moments_are_those_of_a_hand_worked_case()
    {
        var moments = FeatureMoments.Of(Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 1 }, { 2, 5 }, { 4, 3 } }));

        Assert.Equal([2, 3], moments.Mean);
        Assert.Equal([4, 2, 2, 4], moments.Covariance.ToRowMajorArray());
        Assert.Throws<ArgumentException>(() => FeatureMoments.Of(Matrix<double>.Build.Dense(1, 2)));
    }

    private static FeatureMoments Moments(double[] mean, double[,] covariance) =>
        new(Vector<double>.Build.Dense(mean), Matrix<double>.Build.DenseOfArray(covariance));
}
