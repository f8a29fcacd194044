using Orchestrator.LibTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

[Collection("torch")]
public sealed class MemoryTests
{
    [Fact]
    public void Three_thousand_training_steps_leave_no_tensor_and_no_byte_behind()
    {
        manual_seed(1);
        using var model = nn.Sequential(nn.Linear(32, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 32));
        using var optimizer = optim.Adam(model.parameters());
        using var data = randn(16, 32);
        Train(model, optimizer, data, 500);
        var tensors = Tensor.TotalCount;
        var bytes = TorchRuntime.NativeHeapBytes;

        Train(model, optimizer, data, 3000);

        Assert.True(Tensor.TotalCount <= tensors, $"{Tensor.TotalCount - tensors} more tensors");

        // One leaked activation of 4 KiB per step would be 12 MB.
        Assert.InRange(TorchRuntime.NativeHeapBytes - bytes, long.MinValue, 2_000_000);
    }

    private static void Train(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor data, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            var loss = nn.functional.mse_loss(model.call(data), data);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
    }
}
