using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Orchestrator.Core.Fused;
using Orchestrator.LibTorch;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

/// <summary>The memory of large CPU tensors: kept for the next of their size, and given back when it is asked for.</summary>
[Collection("torch")]
public sealed class LargeBlocksTests
{
    private const long Floats = 1 << 20;

    // MiB that the runtime takes from the same heap or gives back meanwhile.
    private const int Noise = 32;

    public LargeBlocksTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this system keeps no blocks");
        Assert.True(TorchRuntime.KeepsLargeBlocks);
        // Tensors that other tests left to the collector count as in use, until it frees them in the middle of a measurement.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TensorOperations.Current.ReleaseFreedMemory();
    }

    [Fact]
    public void A_freed_block_is_the_next_one_of_its_size()
    {
        var first = AddressOf(Floats);
        var other = AddressOf(Floats / 2);

        Assert.Equal(first, AddressOf(Floats));
        Assert.Equal(other, AddressOf(Floats / 2));
    }

    [Fact]
    public void Tensors_that_are_alive_share_nothing()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 40).Select(index => full([Floats / 8 + index * 1000], index, dtype: ScalarType.Float32)).ToArray();

        Assert.All(tensors.Select((tensor, index) => (tensor, index)), pair =>
            Assert.True(pair.tensor.eq(pair.index).all().item<bool>(), $"tensor {pair.index} was written over"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(Floats)]
    public void Data_begin_where_wide_instructions_want_them(long floats)
    {
        for (var i = 0; i < 20; i++)
            Assert.Equal(0, AddressOf(floats) % 64);
    }

    [Fact]
    public void Blocks_of_tensors_that_are_alive_count_as_native_memory()
    {
        var before = TorchRuntime.NativeHeapBytes;
        using (empty([32 * Floats]))
            Assert.InRange(TorchRuntime.NativeHeapBytes - before, 128 - Noise << 20, 128 + Noise << 20);

        Assert.InRange(TorchRuntime.NativeHeapBytes - before, -Noise << 20, Noise << 20);
    }

    [Fact]
    public void Waiting_memory_stays_a_part_of_what_was_in_use_and_goes_when_it_is_released()
    {
        var others = TorchRuntime.NativeHeapBytes;
        using var alive = ones([16 * Floats]);
        // Each size is another one: without a bound all forty would wait, 1,700 MB of them.
        for (var i = 1; i <= 40; i++)
            ones([8 * Floats + i * 100_000]).Dispose();
        var waiting = ResidentBytes();
        TensorOperations.Current.ReleaseFreedMemory();
        var released = ResidentBytes();

        // 64 MiB are alive and at most 47 beside them; a quarter more than all that, and 16 MiB, may be held.
        var most = others + (111 << 20);
        Assert.True(waiting - released < most / 4 + (47 + 16 + Noise << 20), $"{(waiting - released) >> 20} MiB waited beside {others >> 20}");
        Assert.True(waiting - released > 20 << 20, $"only {(waiting - released) >> 20} MiB came back");
    }

    [Fact]
    public void Threads_take_and_give_back_side_by_side()
    {
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var tensor = full([Floats / 8 + i % 5 * 10_000], thread, dtype: ScalarType.Float32);
                Assert.Equal(thread, tensor[-1].item<float>());
            }
        });
    }

    [Fact]
    public void A_tensor_without_elements_has_no_memory_and_can_grow()
    {
        using var nothing = zeros([0, 784]);
        using var grown = cat([nothing, ones([512, 784])]);

        Assert.Equal(0, nothing.numel());
        Assert.Equal(512 * 784, grown.sum().item<float>());
    }

    private static nint AddressOf(long floats)
    {
        using var tensor = empty([floats]);
        return AddressOf(tensor);
    }

    private static nint AddressOf(Tensor tensor) =>
        Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(tensor.bytes));

    private static long ResidentBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
