using Orchestrator.LibTorch;
using TorchSharp;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

[Collection("torch")]
public sealed class MemoryTests
{
    [Fact]
    public void Thousands_of_training_steps_leave_no_tensor_and_no_byte_behind()
    {
        manual_seed(1);
        using var model = nn.Sequential(nn.Linear(32, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 32));
        using var optimizer = optim.Adam(model.parameters());
        using var data = randn(16, 32);
        Train(model, optimizer, data, 200);
        var tensors = Tensor.TotalCount;

        // The runtime allocates now and then on the same heap; a leak grows every window, and a tensor is over 100 bytes.
        var growth = Enumerable.Range(0, 6).Select(_ => Growth(() => Train(model, optimizer, data, 1000))).ToArray();

        Assert.True(Tensor.TotalCount <= tensors, $"{Tensor.TotalCount - tensors} more tensors");
        Assert.True(growth.Min() < 50_000, $"bytes per thousand steps: {string.Join(", ", growth)}");
    }

    private static long Growth(Action work)
    {
        var before = TorchRuntime.NativeHeapBytes;
        work();
        return TorchRuntime.NativeHeapBytes - before;
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
