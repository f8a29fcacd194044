using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/runtime.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial int ot_runtime_text(int which, byte* buffer, int capacity);

    [LibraryImport(Library)]
    internal static partial int ot_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int ot_get_num_threads(int* result);

    [LibraryImport(Library)]
    internal static partial int ot_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int ot_get_num_interop_threads(int* result);

    [LibraryImport(Library)]
    internal static partial int ot_set_default_dtype(int dtype);

    [LibraryImport(Library)]
    internal static partial int ot_get_default_dtype();

    [LibraryImport(Library)]
    internal static partial int ot_set_flush_denormal(int mode, int* result);

    [LibraryImport(Library)]
    internal static partial int ot_set_deterministic(int mode, int warnOnly);

    [LibraryImport(Library)]
    internal static partial int ot_get_deterministic(int* result);

    [LibraryImport(Library)]
    internal static partial int ot_cuda_device_count(int* result);

    [LibraryImport(Library)]
    internal static partial int ot_cuda_has_cudnn(int* result);

    [LibraryImport(Library)]
    internal static partial int ot_cuda_synchronize(int index);

    [LibraryImport(Library)]
    internal static partial long ot_native_heap_bytes();

    [LibraryImport(Library)]
    internal static partial int ot_keep_freed_memory(int megabytes);

    [LibraryImport(Library)]
    internal static partial int ot_release_freed_memory();

    [LibraryImport(Library)]
    internal static partial int ot_release_loading_pages();

    [LibraryImport(Library)]
    internal static partial int ot_blas_threads();

    [LibraryImport(Library)]
    internal static partial void ot_set_blas_threads(int count);

    [LibraryImport(Library)]
    internal static partial int ot_keeps_large_blocks();
}
