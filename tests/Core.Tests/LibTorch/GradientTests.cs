using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Core.Tests.LibTorch;

/// <summary>Every gradient against central differences in double precision.</summary>
[Collection("torch")]
public sealed class GradientTests
{
    public static TheoryData<string> Names => [.. Cases.Keys];

    private static readonly Dictionary<string, (long[] Shape, Func<Tensor, Tensor> Function)> Cases = new()
    {
        ["exp"] = ([6], x => x.exp()),
        ["log1p of square"] = ([6], x => x.square().log1p()),
        ["sigmoid"] = ([6], x => x.sigmoid()),
        ["softplus"] = ([6], x => functional.softplus(x)),
        ["elu"] = ([6], x => functional.elu(x, 1.0)),
        ["silu"] = ([6], x => functional.silu(x)),
        ["logsumexp"] = ([2, 3], x => x.logsumexp(1)),
        ["division"] = ([6], x => 1.0 / (x.square() + 1.0)),
        ["variance"] = ([2, 3], x => x.var(1)),
        ["linear"] = ([2, 3], x => functional.linear(x, Fixed(4, 3), Fixed(4))),
        ["convolution"] = ([1, 2, 5, 5], x => functional.conv2d(x, Fixed(3, 2, 3, 3), Fixed(3), [2], [1])),
        ["transposed convolution"] = ([1, 2, 3, 3], x => functional.conv_transpose2d(x, Fixed(2, 3, 3, 3), Fixed(3), [2], [1], [1])),
        ["batch norm"] = ([4, 2], x => functional.batch_norm(x, null, null, Fixed(2), Fixed(2), training: true) * Fixed(4, 2)),
        ["layer norm"] = ([2, 4], x => functional.layer_norm(x, [4], Fixed(4), Fixed(4)) * Fixed(2, 4)),
        ["group norm"] = ([2, 4, 2, 2], x => functional.group_norm(x, 2, Fixed(4), Fixed(4)) * Fixed(2, 4, 2, 2)),
        ["max pool"] = ([1, 1, 4, 4], x => functional.max_pool2d(x, 2) * Fixed(1, 1, 2, 2)),
        ["upsample"] = ([1, 1, 2, 2], x => functional.interpolate(x, scale_factor: [2.0, 2.0], mode: InterpolationMode.Bilinear, align_corners: false) * Fixed(1, 1, 4, 4)),
        ["binary cross entropy"] = ([6], x => functional.binary_cross_entropy(x.sigmoid(), Fixed(6).sigmoid(), reduction: Reduction.Sum)),
        ["binary cross entropy with logits"] = ([6], x => functional.binary_cross_entropy_with_logits(x, Fixed(6).sigmoid(), reduction: Reduction.Sum)),
        ["Gaussian negative log likelihood"] = ([6], x => functional.gaussian_nll_loss(x, Fixed(6), x.exp(), full: true)),
        ["gather"] = ([2, 3], x => x.gather(1, tensor([2L, 0L], [2, 1])).square()),
        ["index"] = ([3, 4], x => x[1.., TensorIndex.Slice(0, null, 2)].square()),
        ["cat and stack"] = ([4], x => stack([cat([x, x * 2.0]), cat([x.exp(), x])]).square()),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_equals_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        var (shape, function) = Cases[name];
        var x = Fixed(shape).requires_grad_();
        function(x).sum().backward();
        var gradient = x.grad!.flatten().data<double>().ToArray();

        using var quiet = no_grad();
        var values = x.detach().flatten().data<double>().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var slope = (At(i, 1e-6) - At(i, -1e-6)) / 2e-6;
            Assert.True(Math.Abs(slope - gradient[i]) < 1e-6 * (1 + Math.Abs(slope)), $"element {i}: {gradient[i]} against {slope}");
        }

        double At(int i, double change)
        {
            var moved = (double[])values.Clone();
            moved[i] += change;
            return function(tensor(moved, shape)).sum().item<double>();
        }
    }

    [Fact]
    public void Grad_of_a_grad_is_the_second_derivative()
    {
        using var scope = NewDisposeScope();
        var x = tensor([2.0], requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];

        Assert.Equal(12.0, first.item<double>(), 12);
        Assert.Equal(12.0, second.item<double>(), 12);
    }

    [Fact]
    public void No_gradient_is_kept_where_it_was_turned_off()
    {
        using var scope = NewDisposeScope();
        var x = ones([2], requires_grad: true);

        using (no_grad())
        {
            Assert.False((x * 2.0).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2.0).requires_grad);
            }
        }

        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2.0).requires_grad);
        }

        Assert.True((x * 2.0).requires_grad);
    }

    [Fact]
    public void Gradients_clip_to_a_norm_as_in_PyTorch()
    {
        using var scope = NewDisposeScope();
        var weight = new TorchSharp.Modules.Parameter(ones(2));
        (weight * tensor([3f, 4f])).sum().backward();

        Assert.Equal(5.0, utils.clip_grad_norm_([weight], 1.0), 6);
        Assert.Equal(1.0, weight.grad!.norm().ToDouble(), 5);
    }

    // Numbers that are neither equal nor at a kink of any function above.
    private static Tensor Fixed(params long[] shape) =>
        (arange(1, shape.Aggregate((a, b) => a * b) + 1, dtype: float64) * 1.7).sin().view(shape) + 0.05;
}
