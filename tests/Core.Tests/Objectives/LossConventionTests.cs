using Orchestrator.Core.Contracts;
using Orchestrator.Core.Objectives;

namespace Orchestrator.Core.Tests.Objectives;

public sealed class LossConventionTests
{
    [Theory]
    [InlineData("sum", "sum", 1.0)]
    [InlineData("mean", "sum", 784.0)]
    [InlineData("mean", "mean", 49.0)]
    [InlineData("mean", "pixels", 1.0)]
    [InlineData("sum", "pixels", 1.0 / 784)]
    public void Each_convention_has_its_implied_beta(string reconstruction, string divergence, double expected)
    {
        var parameters = ParameterSet.Empty.With(ObjectiveParameters.Reduction, reconstruction).With(ObjectiveParameters.DivergenceReduction, divergence);

        Assert.Equal(expected, LossConvention.Of(parameters, 784, 16).ImpliedBeta(1.0), 12);
    }

    [Fact]
    public void A_small_weight_on_the_kl_of_a_mean_squared_error_is_the_beta_that_the_literature_computed()
    {
        // Weight 0.00025 on a summed KL beside a per-pixel mean: β = 1.536 against a unit-variance Gaussian at 3x64x64.
        var convention = new LossConvention(1.0 / 12288, 1.0);

        Assert.Equal(1.536, convention.ImpliedBeta(0.00025) * new SquaredErrorLikelihood().BetaAgainstUnitVariance!.Value, 9);
    }

    [Fact]
    public void The_warm_up_grows_by_step_and_ends_at_beta()
    {
        var warmup = new KlWarmup(4.0, 2);

        Assert.Equal([0.0, 1.0, 2.0, 3.0, 4.0, 4.0], new long[] { 0, 5, 10, 15, 20, 1000 }.Select(step => warmup.At(step, 10)));
        Assert.Equal(4.0, new KlWarmup(4.0, 0).At(0, 10));
    }
}
