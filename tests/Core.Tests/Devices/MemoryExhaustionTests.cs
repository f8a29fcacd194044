using System.Runtime.InteropServices;
using Orchestrator.Core.Devices;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Devices;

[Collection("torch")]
public sealed class MemoryExhaustionTests
{
    [Fact]
    public void A_tensor_larger_than_any_memory_is_told_from_other_errors()
    {
        using var scope = NewDisposeScope();

        var exhausted = Record.Exception(() => empty([1L << 50]));
        var mismatched = Record.Exception(() => randn([2, 3]).matmul(randn([2, 3])));

        Assert.True(MemoryExhaustion.Is(exhausted!), $"{exhausted}");
        Assert.False(MemoryExhaustion.Is(mismatched!), $"{mismatched}");
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 20.00 MiB")]
    [InlineData("[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes")]
    public void Messages_of_libtorchs_allocators_are_known(string message)
    {
        Assert.True(MemoryExhaustion.Is(new LibtorchError(message)));
    }

    private sealed class LibtorchError(string message) : ExternalException(message);
}
