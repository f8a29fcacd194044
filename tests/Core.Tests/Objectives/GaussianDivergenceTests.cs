using Orchestrator.Core.Latent;
using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Objectives;

[Collection("torch")]
public sealed class GaussianDivergenceTests
{
    private static readonly double[] Mean = [0.7, -1.2, 0.0];
    private static readonly double[] LogVariance = [-1.0, 0.4, -3.0];

    [Fact]
    public void The_closed_form_agrees_with_monte_carlo()
    {
        const int Samples = 400_000;
        using var scope = NewDisposeScope();
        manual_seed(1);
        var posterior = new Posterior(
            tensor(Mean, [1, 3]).expand(Samples, 3), tensor(LogVariance, [1, 3]).expand(Samples, 3));

        var codes = posterior.Sample();
        var ratio = LogDensity(codes, posterior.Mean, posterior.LogVariance!) - LogDensity(codes, zeros_like(codes), zeros_like(codes));
        var (estimate, error) = (ratio.mean().item<double>(), ratio.std().item<double>() / Math.Sqrt(Samples));

        Assert.InRange(estimate, Closed() - 4 * error, Closed() + 4 * error);
        Assert.InRange(error, 0, 0.005);
        // The slide of the origin documents lost the minus sign: that version must not pass.
        Assert.NotInRange(estimate, -Closed() - 4 * error, -Closed() + 4 * error);
    }

    [Fact]
    public void It_is_zero_for_the_prior_itself_and_positive_elsewhere()
    {
        using var scope = NewDisposeScope();
        var zero = zeros([2, 5]);

        Assert.Equal([0f, 0f], GaussianDivergence.FromStandardNormal(zero, zero).data<float>().ToArray());
        Assert.True(Closed() > 0);
    }

    [Fact]
    public void A_sample_has_the_posteriors_mean_and_variance()
    {
        const int Samples = 200_000;
        using var scope = NewDisposeScope();
        manual_seed(2);
        var codes = new Posterior(
            tensor(Mean, [1, 3]).expand(Samples, 3), tensor(LogVariance, [1, 3]).expand(Samples, 3)).Sample();

        var (mean, variance) = (codes.mean([0]).data<double>().ToArray(), codes.var(0).data<double>().ToArray());

        for (var i = 0; i < 3; i++)
        {
            var expected = Math.Exp(LogVariance[i]);
            Assert.InRange(mean[i] - Mean[i], -5 * Math.Sqrt(expected / Samples), 5 * Math.Sqrt(expected / Samples));
            Assert.InRange(variance[i] / expected, 0.98, 1.02);
        }
    }

    private static double Closed()
    {
        using var scope = NewDisposeScope();
        return GaussianDivergence.FromStandardNormal(tensor(Mean, [1, 3]), tensor(LogVariance, [1, 3])).item<double>();
    }

    private static Tensor LogDensity(Tensor codes, Tensor mean, Tensor logVariance) =>
        ((codes - mean).square() / logVariance.exp() + logVariance + Math.Log(2 * Math.PI)).sum(1) * -0.5;
}
