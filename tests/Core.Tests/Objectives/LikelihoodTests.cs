using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Objectives;

[Collection("torch")]
public sealed class LikelihoodTests
{
    private static readonly double[] Raw = [-2.0, 0.0, 0.5, 3.0];
    private static readonly double[] Pixels = [0.0, 1.0, 0.25, 0.8];

    [Fact]
    public void Bernoulli_is_the_cross_entropy_of_the_squashed_logits()
    {
        var expected = Raw.Zip(Pixels, (l, x) => -x * Math.Log(Squash(l)) - (1 - x) * Math.Log(1 - Squash(l))).Sum();

        Assert.Equal(expected, Of(new BernoulliLikelihood()), 12);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(7.5)]
    public void Gaussian_is_minus_the_logarithm_of_the_density(double variance)
    {
        var expected = Raw.Zip(Pixels, (m, x) =>
            -Math.Log(Math.Exp(-(x - m) * (x - m) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance))).Sum();

        Assert.Equal(expected, Of(new GaussianLikelihood(variance)), 9);
    }

    [Fact]
    public void The_squared_error_without_its_constant_is_the_sum_of_squares()
    {
        var likelihood = new SquaredErrorLikelihood();
        var expected = Raw.Zip(Pixels, (m, x) => (x - m) * (x - m)).Sum();

        Assert.Equal(expected, Of(likelihood) - likelihood.OmittedFromLoss(4), 12);
    }

    [Fact]
    public void Saturated_logits_stay_finite_and_keep_their_gradient()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { -200f, 200f }, [1, 1, 1, 2]).requires_grad_();
        var images = tensor(new[] { 1f, 0f }, [1, 1, 1, 2]);

        var loss = new BernoulliLikelihood().NegativeLogLikelihood(logits, images).sum();
        loss.backward();

        Assert.Equal(400f, loss.item<float>());
        Assert.Equal([-1f, 1f], logits.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Each_image_has_its_own_value()
    {
        using var scope = NewDisposeScope();
        var likelihood = new BernoulliLikelihood();
        var (logits, images) = (randn([3, 1, 4, 4]), rand([3, 1, 4, 4]));

        var all = likelihood.NegativeLogLikelihood(logits, images);

        Assert.Equal([3], all.shape);
        Assert.Equal(
            likelihood.NegativeLogLikelihood(logits.narrow(0, 1, 1), images.narrow(0, 1, 1)).item<float>(),
            all[1].item<float>());
    }

    private static double Of(Likelihood likelihood)
    {
        using var scope = NewDisposeScope();
        return likelihood.NegativeLogLikelihood(tensor(Raw, [1, 1, 2, 2]), tensor(Pixels, [1, 1, 2, 2])).item<double>();
    }

    private static double Squash(double logit) => 1 / (1 + Math.Exp(-logit));
}
