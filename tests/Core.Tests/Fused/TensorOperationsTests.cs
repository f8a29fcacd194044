using Orchestrator.Core.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Fused;

/// <summary>The provider's single passes against TorchSharp's operators.</summary>
[Collection("torch")]
public sealed class TensorOperationsTests
{
    private static readonly TensorOperations Fast = TensorOperations.Current;

    [Fact]
    public void The_provider_under_test_has_single_passes() => Assert.NotSame(TensorOperations.Plain, Fast);

    [Theory]
    [InlineData(784)]
    [InlineData(13)]
    [InlineData(1)]
    public void The_Bernoulli_score_and_its_gradient_are_those_of_the_operators(int pixels)
    {
        using var scope = NewDisposeScope();
        manual_seed(pixels);
        var (logits, images) = (randn([7, 1, pixels, 1]) * 8, rand([7, 1, pixels, 1]));

        var (value, slope) = Differentiate(TensorOperations.Plain.BernoulliNegativeLogLikelihood, logits.to(ScalarType.Float64), images.to(ScalarType.Float64));
        var (fastValue, fastSlope) = Differentiate(Fast.BernoulliNegativeLogLikelihood, logits, images);

        Close(value, fastValue, 1e-6);
        Close(slope, fastSlope, 1e-6);
    }

    [Fact]
    public void The_Bernoulli_score_of_a_number_that_is_none_is_none()
    {
        using var scope = NewDisposeScope();

        var value = Fast.BernoulliNegativeLogLikelihood(tensor([float.NaN, 1f], [1, 2]), zeros([1, 2]));

        Assert.True(float.IsNaN(value.item<float>()));
    }

    [Fact]
    public void The_sigmoid_and_its_gradient_are_those_of_the_operators()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        var x = cat([randn([3, 1, 41]) * 10, tensor([0f, -0f, 50f, -50f, 87f, -87f, 89f, -104f, 1e4f, -1e4f, float.PositiveInfinity, float.NegativeInfinity]).view(3, 1, 4)], 2);

        var (value, slope) = Differentiate((x, _) => TensorOperations.Plain.Sigmoid(x), x.to(ScalarType.Float64), x);
        var (fastValue, fastSlope) = Differentiate((x, _) => Fast.Sigmoid(x), x, x);

        Close(value, fastValue, 2e-7);
        Close(slope, fastSlope, 1e-6);
        Assert.Equal(Values(fastValue), Values(Fast.Sigmoid(x)));
        Assert.Equal(Values(fastValue), Values(Fast.Sigmoid(x.transpose(0, 2).contiguous().transpose(0, 2))));
        Assert.True(float.IsNaN(Fast.Sigmoid(tensor([float.NaN])).item<float>()));
    }

    [Fact]
    public void The_sigmoid_has_a_gradient_of_its_gradient()
    {
        using var scope = NewDisposeScope();
        var x = tensor([-1.5f, 0.25f, 3f]).requires_grad_();

        float[] Second(TensorOperations operations)
        {
            var first = autograd.grad([operations.Sigmoid(x).sum()], [x], create_graph: true)[0];
            return Values(autograd.grad([first.square().sum()], [x])[0]);
        }

        Assert.All(Second(TensorOperations.Plain).Zip(Second(Fast)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0)]
    [InlineData(1)]
    public void The_cross_entropy_with_one_target_is_that_of_the_operators(double target)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var logits = randn([256, 1]) * 6;

        var (value, slope) = Differentiate((l, _) => TensorOperations.Plain.BinaryCrossEntropy(l, target), logits.to(ScalarType.Float64), logits);
        var (fastValue, fastSlope) = Differentiate((l, _) => Fast.BinaryCrossEntropy(l, target), logits, logits);

        Assert.Empty(fastValue.shape);
        Close(value, fastValue, 1e-6);
        Close(slope * 256, fastSlope * 256, 1e-6);
        Assert.Equal(Values(fastValue), Values(Fast.BinaryCrossEntropy(logits, target)));
    }

    [Fact]
    public void The_divergence_and_its_gradients_are_those_of_the_operators()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var (mean, logVariance) = (randn([9, 21]), randn([9, 21]));
        var (exactMean, exactLogVariance) = (mean.to(ScalarType.Float64), logVariance.to(ScalarType.Float64));

        var (value, ofMean) = Differentiate(TensorOperations.Plain.DivergenceFromStandardNormal, exactMean, exactLogVariance);
        var (fastValue, fastOfMean) = Differentiate(Fast.DivergenceFromStandardNormal, mean, logVariance);
        var (_, ofLogVariance) = Differentiate((l, m) => TensorOperations.Plain.DivergenceFromStandardNormal(m, l), exactLogVariance, exactMean);
        var (_, fastOfLogVariance) = Differentiate((l, m) => Fast.DivergenceFromStandardNormal(m, l), logVariance, mean);

        Close(value, fastValue, 1e-6);
        Close(ofMean, fastOfMean, 1e-6);
        Close(ofLogVariance, fastOfLogVariance, 1e-6);
    }

    [Fact]
    public void A_gradient_of_a_gradient_is_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var logits = randn([2, 4]).requires_grad_();
        var value = Fast.BernoulliNegativeLogLikelihood(logits, zeros([2, 4])).sum();

        var error = Assert.ThrowsAny<Exception>(() => autograd.grad([value], [logits], create_graph: true));

        Assert.Contains("second derivative", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gathered_images_have_the_bits_of_the_operators()
    {
        using var scope = NewDisposeScope();
        var pixels = arange(5 * 3 * 17).to(ScalarType.Byte).view(5, 1, 3, 17);
        var indices = tensor(new long[] { 4, 0, 0, 2, 3, 1, 1, 4, 2 });

        var gathered = Fast.GatherImages(pixels, indices);

        Assert.Equal([9, 1, 3, 17], gathered.shape);
        Assert.Equal(Values(TensorOperations.Plain.GatherImages(pixels, indices)), Values(gathered));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void An_image_that_is_not_there_is_not_gathered(long index)
    {
        using var scope = NewDisposeScope();
        var pixels = zeros([5, 1, 2, 2], dtype: ScalarType.Byte);

        Assert.ThrowsAny<Exception>(() => Fast.GatherImages(pixels, tensor(new[] { 0, 1, 2, 3, 4, index })));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void A_tuned_transposed_convolution_has_the_same_values_and_gradients(int stride, int outputPadding)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var plain = nn.ConvTranspose2d(6, 4, 3, stride: stride, padding: 1, output_padding: outputPadding);
        using var tuned = Fast.Tune(nn.ConvTranspose2d(6, 4, 3, stride: stride, padding: 1, output_padding: outputPadding));
        tuned.load_state_dict(plain.state_dict());
        var images = randn([3, 6, 7, 7]);

        var (value, slope) = Differentiate((x, _) => plain.call(x).square(), images, images);
        var (tunedValue, tunedSlope) = Differentiate((x, _) => tuned.call(x).square(), images, images);

        Assert.Equal(Values(value), Values(tunedValue));
        Close(slope, tunedSlope, 1e-5);
        foreach (var (own, other) in plain.parameters().Zip(tuned.parameters()))
            Close(own.grad!, other.grad!, 1e-5);
    }

    [Fact]
    public void The_numbers_do_not_depend_on_the_threads()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (logits, images) = (randn([128, 784]), rand([128, 784]));
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var alone = Differentiate(Fast.BernoulliNegativeLogLikelihood, logits, images);
            var means = Values(Fast.Sigmoid(logits));
            set_num_threads(2);
            var shared = Differentiate(Fast.BernoulliNegativeLogLikelihood, logits, images);

            Assert.Equal(Values(alone.Value), Values(shared.Value));
            Assert.Equal(Values(alone.Slope), Values(shared.Slope));
            Assert.Equal(means, Values(Fast.Sigmoid(logits)));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    // Weighted, so that every row has a gradient of its own.
    private static (Tensor Value, Tensor Slope) Differentiate(Func<Tensor, Tensor, Tensor> function, Tensor at, Tensor other)
    {
        var leaf = at.detach().clone().requires_grad_();
        var value = function(leaf, other);
        var weights = arange(value.numel()).to(value.dtype).view(value.shape) + 1.0;
        (value * weights).sum().backward();
        return (value, leaf.grad!);
    }

    private static float[] Values(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();

    private static void Close(Tensor expected, Tensor actual, double tolerance)
    {
        var scale = expected.detach().abs().max().to(ScalarType.Float64).item<double>();
        var error = (expected.detach() - actual.detach()).abs().max().to(ScalarType.Float64).item<double>();
        Assert.True(error <= tolerance * Math.Max(1, scale), $"{error} of {scale}");
    }
}
