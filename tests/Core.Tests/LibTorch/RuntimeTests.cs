using System.Reflection;
using System.Runtime.InteropServices;
using Orchestrator.LibTorch;
using Orchestrator.LibTorch.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace Core.Tests.LibTorch;

[Collection("torch")]
public sealed class RuntimeTests
{
    [Fact]
    public void OpenBLAS_takes_the_threads_that_it_is_given()
    {
        var before = TorchRuntime.BlasThreads;
        Assert.SkipWhen(before == 0, "another BLAS multiplies");
        try
        {
            TorchRuntime.BlasThreads = 1;
            Assert.Equal(1, TorchRuntime.BlasThreads);
        }
        finally
        {
            TorchRuntime.BlasThreads = before;
        }
    }

    [Fact]
    public void Every_managed_entry_point_exists_in_the_native_library()
    {
        var library = NativeLibrary.Load(Native.Library, typeof(Native).Assembly, null);
        var names = typeof(Native)
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(method => method.Name)
            .Where(name => name.StartsWith("ot_", StringComparison.Ordinal))
            .ToArray();

        Assert.True(names.Length > 300);
        Assert.All(names, name => Assert.True(NativeLibrary.TryGetExport(library, name, out _), name));
    }

    [Fact]
    public void The_runtime_says_what_it_is()
    {
        Assert.Matches(@"^\d+\.\d+", __version__);
        Assert.Contains("libtorch_cpu", TorchRuntime.LibraryPath, StringComparison.Ordinal);
        Assert.Contains("ATen", TorchRuntime.ParallelInfo, StringComparison.Ordinal);
        Assert.NotEmpty(TorchRuntime.CpuCapability);
        Assert.True(TorchRuntime.NativeHeapBytes > 0);
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
    }

    [Fact]
    public void Thread_counts_are_kept()
    {
        var before = get_num_threads();
        set_num_threads(1);

        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
    }

    [Fact]
    public void A_cuda_tensor_without_cuda_is_an_error_with_words()
    {
        Assert.SkipWhen(cuda.is_available(), "this machine has a CUDA device");

        var error = Assert.Throws<TorchException>(() => zeros([1], device: CUDA));

        Assert.NotEmpty(error.Message);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("cuda", DeviceType.CUDA, -1)]
    [InlineData("cuda:3", DeviceType.CUDA, 3)]
    public void Device_names_are_read_and_written(string name, DeviceType type, int index)
    {
        var device = new Device(name);

        Assert.Equal((type, index), (device.type, device.index));
        Assert.Equal(name, device.ToString());
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("1")]
    public void An_unknown_device_name_is_refused(string name) => Assert.Throws<FormatException>(() => new Device(name));
}
