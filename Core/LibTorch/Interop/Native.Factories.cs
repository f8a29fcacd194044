using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/factories.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint ot_zeros(long* size, int n, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_ones(long* size, int n, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_empty(long* size, int n, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_full(long* size, int n, ScalarValue value, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_eye(long rows, long columns, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_arange(ScalarValue start, ScalarValue stop, ScalarValue step, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_linspace(double start, double stop, long steps, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_logspace(double start, double stop, long steps, double radix, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_zeros_like(nint t, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_ones_like(nint t, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_empty_like(nint t, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_full_like(nint t, ScalarValue value, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_scalar_tensor(ScalarValue value, TensorSpec spec);

    [LibraryImport(Library)]
    internal static partial nint ot_from_blob(void* data, long* size, int n, int dtype, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library)]
    internal static partial nint ot_from_bytes(void* data, long* size, int n, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_cat(nint* handles, int count, long dim);

    [LibraryImport(Library)]
    internal static partial nint ot_stack(nint* handles, int count, long dim);

    [LibraryImport(Library)]
    internal static partial nint ot_tril(nint t, long diagonal);

    [LibraryImport(Library)]
    internal static partial nint ot_triu(nint t, long diagonal);

    [LibraryImport(Library)]
    internal static partial int ot_meshgrid(nint* handles, int count, int xy, nint* result);
}
