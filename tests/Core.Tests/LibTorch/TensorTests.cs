using System.Runtime.InteropServices;
using Orchestrator.LibTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

[Collection("torch")]
public sealed class TensorTests
{
    [Fact]
    public void Rounding_and_division_in_place_take_the_packages_options()
    {
        using var scope = NewDisposeScope();
        var values = tensor([-7f, 7f, 2.346f]);

        Assert.Equal([-7f, 7f, 2.35f], values.round(2).data<float>().ToArray());
        Assert.Equal([-7f, 7f, 2f], values.round().data<float>().ToArray());
        Assert.Equal([-4f, 3f, 1f], values.clone().div_((Scalar)2, RoundingMode.floor).data<float>().ToArray());
        Assert.Equal([-3f, 3f, 1f], values.clone().div_((Scalar)2, RoundingMode.trunc).data<float>().ToArray());
        Assert.Equal([-3.5f, 3.5f, 1.173f], values.clone().div_((Scalar)2).data<float>().ToArray());
    }

    [Fact]
    public void A_shape_mismatch_brings_libtorchs_message_and_the_process_lives_on()
    {
        using var scope = NewDisposeScope();
        var left = zeros(2, 3);
        var right = zeros(4, 5);

        var error = Assert.ThrowsAny<ExternalException>(() => left.matmul(right));

        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message);
        Assert.Equal(TorchErrorKind.General, Assert.IsType<TorchException>(error).Kind);
        Assert.Equal([2L, 4L], left.matmul(zeros(3, 4)).shape);
    }

    [Fact]
    public void An_index_out_of_range_is_an_index_error()
    {
        using var tensor = zeros(3);

        Assert.Equal(TorchErrorKind.Index, Assert.Throws<TorchException>(() => tensor[7]).Kind);
    }

    [Fact]
    public void Running_out_of_memory_is_told_apart()
    {
        var error = Assert.Throws<TorchException>(() => empty(1L << 60));

        Assert.True(error.IsOutOfMemory, error.Message);
    }

    [Fact]
    public void A_disposed_tensor_cannot_be_used()
    {
        var tensor = zeros(3);
        tensor.Dispose();

        Assert.Throws<ObjectDisposedException>(() => tensor.exp());
    }

    [Fact]
    public void Values_travel_to_libtorch_and_back()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3, 4, 5, 6];
        var matrix = tensor(values, [2, 3]);

        Assert.Equal(ScalarType.Float32, matrix.dtype);
        Assert.Equal(values, matrix.data<float>().ToArray());
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], matrix.t().data<float>().ToArray());
        Assert.Equal(6f, matrix.data<float>()[1, 2]);
        Assert.Equal(24, matrix.bytes.Length);
        Assert.Equal(21.0, matrix.sum().ToDouble());
        Assert.Equal(4f, matrix[1, 0].item<float>());
    }

    [Fact]
    public void Scalars_keep_their_kind()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(ScalarType.Int64, (tensor([1L, 2L]) * 2).dtype);
        Assert.Equal(ScalarType.Float32, (tensor([1L, 2L]) * 2.5).dtype);
        Assert.Equal(ScalarType.Float32, (tensor([1f, 2f]) * 2.5).dtype);
        Assert.Equal([0.5f, 0.25f], (1.0 / tensor([2f, 4f])).data<float>().ToArray());
        Assert.Equal([-1f, -3f], (1 - tensor([2f, 4f])).data<float>().ToArray());
    }

    [Fact]
    public void Index_expressions_read_and_write()
    {
        using var scope = NewDisposeScope();
        var grid = arange(12, dtype: float32).view(3, 4);

        Assert.Equal([4f, 5f, 6f, 7f], grid[1].data<float>().ToArray());
        Assert.Equal([1f, 5f, 9f], grid[TensorIndex.Colon, TensorIndex.Single(1)].data<float>().ToArray());
        Assert.Equal([4f, 5f, 8f, 9f], grid[1.., ..2].data<float>().ToArray());
        Assert.Equal([1L, 3L, 4L], grid[TensorIndex.None].shape);
        Assert.Equal([8f, 0f], grid[TensorIndex.Tensor(tensor([2L, 0L])), TensorIndex.Single(0)].data<float>().ToArray());

        grid[TensorIndex.Ellipsis, TensorIndex.Single(-1)] = zeros(3);
        Assert.Equal([3f, 7f, 11f], arange(12, dtype: float32).view(3, 4)[TensorIndex.Ellipsis, TensorIndex.Single(-1)].data<float>().ToArray());
        Assert.Equal(0.0, grid[.., 3..].sum().ToDouble());
    }
}
