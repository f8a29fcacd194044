using System.Text;
using Orchestrator.LibTorch.Interop;
using TorchSharp;

namespace Orchestrator.LibTorch;

/// <summary>Facts about the libtorch that this process loaded, which TorchSharp has no words for.</summary>
public static class TorchRuntime
{
    /// <summary>The version, such as <c>1.13.0</c>.</summary>
    public static string Version { get; } = Text(0);

    /// <summary>ATen's description of its threads, BLAS and OpenMP.</summary>
    public static string ParallelInfo => Text(1);

    /// <summary>How libtorch was built: compilers, BLAS, CPU capability in use.</summary>
    public static string BuildConfiguration => Text(2);

    /// <summary>The file that holds ATen.</summary>
    public static string LibraryPath => Text(3);

    /// <summary>The file that answers matrix products and what it says of itself; empty when libtorch carries its own BLAS.</summary>
    public static string Blas => Text(5);

    /// <summary>
    /// Threads of OpenBLAS, which <c>torch.set_num_threads</c> leaves alone: it takes every core unless told otherwise. 0, and
    /// not to be set, where another library multiplies.
    /// </summary>
    public static int BlasThreads
    {
        get => Native.ot_blas_threads();
        set => Native.ot_set_blas_threads(value);
    }

    /// <summary>The vector instructions that ATen's kernels use here, such as <c>AVX2</c>.</summary>
    public static string CpuCapability
    {
        get
        {
            const string Label = "CPU capability usage: ";
            var text = BuildConfiguration;
            var start = text.IndexOf(Label, System.StringComparison.Ordinal);
            return start < 0 ? "" : text[(start + Label.Length)..].Split('\n')[0].Trim();
        }
    }

    /// <summary>True when this libtorch was built with CUDA, whether or not a device is present.</summary>
    public static bool IsCudaBuild => BuildConfiguration.Contains("USE_CUDA=ON", System.StringComparison.Ordinal)
        || BuildConfiguration.Contains("USE_CUDA=1", System.StringComparison.Ordinal);

    /// <summary>Tensors that are alive in this process.</summary>
    public static long LiveTensorCount => torch.Tensor.TotalCount;

    /// <summary>Bytes in use on the C heap and for large CPU tensors; without the heap's where the C library cannot tell.</summary>
    public static long NativeHeapBytes => Native.ot_native_heap_bytes();

    /// <summary>
    /// Lets freed CPU memory stay with the process up to a bound, so that a training step finds it again without a page
    /// fault. Returns false where the C library cannot.
    /// </summary>
    public static bool KeepFreedMemory(int megabytes) => Native.ot_keep_freed_memory(megabytes) != 0;

    /// <summary>
    /// True where the memory of a large CPU tensor waits for the next one of its size, away from the heap, whose small requests
    /// would break it up.
    /// </summary>
    public static bool KeepsLargeBlocks => Native.ot_keeps_large_blocks() != 0;

    /// <summary>Gives freed CPU memory back to the system; returns whether there was any.</summary>
    public static bool ReleaseFreedMemory() => Native.ot_release_freed_memory() != 0;

    /// <summary>
    /// Lets go the pages of libraries that only loading them touched; what is used comes back from the page cache. Returns how
    /// many mappings were let go.
    /// </summary>
    public static int ReleaseLoadingPages() => Native.ot_release_loading_pages();

    /// <summary>Makes operations that have no deterministic form fail instead of varying.</summary>
    public static unsafe bool DeterministicAlgorithms
    {
        get
        {
            int result;
            Check.Done(Native.ot_get_deterministic(&result));
            return result != 0;
        }

        set => Check.Done(Native.ot_set_deterministic(value ? 1 : 0, 0));
    }

    /// <summary>Rounds denormal results to zero on this thread; returns whether the CPU can.</summary>
    public static unsafe bool SetFlushDenormal(bool mode)
    {
        int result;
        Check.Done(Native.ot_set_flush_denormal(mode ? 1 : 0, &result));
        return result != 0;
    }

    private static unsafe string Text(int which)
    {
        var length = Native.ot_runtime_text(which, null, 0);
        if (length < 0)
        {
            throw Check.LastError();
        }

        var buffer = new byte[length];
        fixed (byte* target = buffer)
        {
            length = Native.ot_runtime_text(which, target, buffer.Length);
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
