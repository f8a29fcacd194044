using Orchestrator.Core.Layers;
using Orchestrator.Core.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Objectives;

[Collection("torch")]
public sealed class LearnedGaussianTests
{
    [Theory]
    [InlineData(0.7)]
    [InlineData(-3.0)]
    public void It_is_the_gaussian_of_the_variance_that_the_layer_gives(double raw)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var (means, images) = (randn([2, 1, 3, 3]), rand([2, 1, 3, 3]));
        var layer = Layer(raw);
        var scale = Math.Log(1 + Math.Exp(raw - LogScaleLayer.Least)) + LogScaleLayer.Least;

        var actual = new LearnedGaussianLikelihood().NegativeLogLikelihood(layer.call(means), images);
        var expected = new GaussianLikelihood(Math.Exp(2 * scale)).NegativeLogLikelihood(means, images);

        Assert.Equal(1.0, (actual / expected).mean().item<float>(), 4);
    }

    [Fact]
    public void Its_best_variance_is_the_mean_squared_error()
    {
        using var scope = NewDisposeScope();
        var (means, images) = (full([5, 1, 4, 4], 0.5), rand([5, 1, 4, 4]));
        var layer = Layer(-1.0);
        var optimizer = optim.Adam(layer.parameters(), 0.05);
        for (var step = 0; step < 400; step++)
        {
            optimizer.zero_grad();
            new LearnedGaussianLikelihood().NegativeLogLikelihood(layer.call(means), images).mean().backward();
            optimizer.step();
        }

        var variance = (layer.call(means)[0, 1, 0, 0] * 2.0).exp().item<float>();

        Assert.Equal(1.0, variance / (images - means).square().mean().item<float>(), 3);
    }

    [Fact]
    public void The_variance_is_never_below_its_floor_and_keeps_a_gradient_there()
    {
        using var scope = NewDisposeScope();
        var layer = Layer(-16.0);

        var logScale = layer.call(zeros([1, 1, 1, 1]))[0, 1, 0, 0];
        logScale.backward();

        Assert.InRange(logScale.item<float>(), LogScaleLayer.Least, LogScaleLayer.Least + 0.001);
        Assert.True(layer.parameters().First().grad!.item<float>() > 0);
    }

    private static nn.Module<Tensor, Tensor> Layer(double raw)
    {
        using var guard = no_grad();
        var layer = new LogScaleLayer().Create();
        layer.parameters().First().fill_((Scalar)raw);
        return layer;
    }
}
