using Orchestrator.Core.Objectives;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Objectives;

[Collection("torch")]
public sealed class ContinuousBernoulliTests
{
    private static readonly ContinuousBernoulliLikelihood Likelihood = new();

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-4)]
    [InlineData(0.99)]
    [InlineData(1.01)]
    [InlineData(-3.0)]
    [InlineData(12.0)]
    [InlineData(-40.0)]
    public void The_density_integrates_to_one_and_its_mean_is_the_expected_pixel(double logit)
    {
        using var scope = NewDisposeScope();
        const int Cells = 200_000;
        var pixels = (arange(Cells, dtype: ScalarType.Float64) + 0.5) / (double)Cells;
        var logits = full([Cells, 1, 1, 1], logit, dtype: ScalarType.Float64);

        var density = (-Likelihood.NegativeLogLikelihood(logits, pixels.view(Cells, 1, 1, 1))).exp();
        var mean = Likelihood.Mean(logits)[0].item<double>();

        Assert.Equal(1.0, density.mean().item<double>(), 6);
        Assert.Equal((density * pixels).mean().item<double>(), mean, 6);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.48)]
    [InlineData(0.9)]
    public void It_is_the_bernoulli_score_with_the_published_constant(double probability)
    {
        // log C(λ) = log(2 atanh(1 − 2λ) / (1 − 2λ)), Loaiza-Ganem and Cunningham 2019, equation 6.
        var constant = Math.Log(2 * Math.Atanh(1 - 2 * probability) / (1 - 2 * probability));
        const double Pixel = 0.25;
        using var scope = NewDisposeScope();
        var logits = full([1, 1, 1, 1], Math.Log(probability / (1 - probability)), dtype: ScalarType.Float64);
        var pixels = full([1, 1, 1, 1], Pixel, dtype: ScalarType.Float64);

        var bernoulli = new BernoulliLikelihood().NegativeLogLikelihood(logits, pixels).item<double>();
        var actual = Likelihood.NegativeLogLikelihood(logits, pixels).item<double>();

        Assert.Equal(bernoulli - constant, actual, 9);
    }

    [Fact]
    public void The_series_and_the_formula_meet_in_single_precision()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0.99999f, 1.00001f }, [2, 1, 1, 1]);
        var pixels = zeros([2, 1, 1, 1]);

        var values = Likelihood.NegativeLogLikelihood(logits, pixels).data<float>().ToArray();

        Assert.Equal(values[0], values[1], 4);
    }

    [Fact]
    public void Gradients_stay_finite_at_zero_and_far_out()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0f, -300f, 300f }, [1, 1, 1, 3]).requires_grad_();
        var pixels = tensor(new[] { 0.5f, 1f, 0f }, [1, 1, 1, 3]);

        Likelihood.NegativeLogLikelihood(logits, pixels).sum().backward();

        var gradient = logits.grad!.data<float>().ToArray();
        Assert.Equal(0f, gradient[0]);
        Assert.Equal(-1.0, gradient[1], 2);
        Assert.Equal(1.0, gradient[2], 2);
    }
}
