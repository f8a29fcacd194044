using Orchestrator.LibTorch;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

[Collection("torch")]
public sealed class ForeignMemoryTests
{
    [Fact]
    public void A_tensor_lies_over_the_bytes_themselves()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(6, pinned: true);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)i;
        using var tensor = ForeignMemory.Over(bytes, [2, 3]);

        bytes[4] = 200;

        Assert.Equal([2L, 3L], tensor.shape);
        Assert.Equal(200, tensor[1, 1].item<byte>());
    }

    [Fact]
    public void The_bytes_stay_as_long_as_a_view_of_the_tensor()
    {
        using var view = View(out var bytes);
        Collect();
        Assert.True(bytes.IsAlive);
        Assert.Equal([7, 7], view.data<byte>().ToArray());

        view.Dispose();
        Collect();
        Assert.False(bytes.IsAlive);
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => ForeignMemory.Over(new byte[5], [2, 3]));

        Assert.Contains("5 bytes", error.Message, StringComparison.Ordinal);
    }

    // Not inlined: no local of the caller may hold the bytes.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static Tensor View(out WeakReference bytes)
    {
        using var scope = NewDisposeScope();
        byte[] owned = [7, 7, 7, 7];
        bytes = new WeakReference(owned);
        return ForeignMemory.Over(owned, [4]).narrow(0, 1, 2).DetachFromDisposeScope();
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
