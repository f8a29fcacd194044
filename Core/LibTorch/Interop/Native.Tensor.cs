using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/tensor.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial void ot_tensor_free(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_alias_handle(nint t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ot_dim(nint t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ot_numel(nint t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ot_dtype(nint t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ot_element_size(nint t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ot_device_type(nint t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ot_device_index(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_is_contiguous(nint t);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ot_requires_grad(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_is_leaf(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_has_grad(nint t);

    [LibraryImport(Library)]
    internal static partial long ot_version(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_sizes(nint t, long* result);

    [LibraryImport(Library)]
    internal static partial int ot_strides(nint t, long* result);

    [LibraryImport(Library)]
    internal static partial int ot_data_pointer(nint t, nint* result);

    [LibraryImport(Library)]
    internal static partial int ot_set_requires_grad(nint t, int value);

    [LibraryImport(Library)]
    internal static partial int ot_grad(nint t, nint* result);

    [LibraryImport(Library)]
    internal static partial int ot_set_grad(nint t, nint value);

    [LibraryImport(Library)]
    internal static partial nint ot_detach(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_clone(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_contiguous(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_pin_memory(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_detach_(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_retain_grad(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_copy_(nint t, nint source, int nonBlocking);

    [LibraryImport(Library)]
    internal static partial nint ot_to(nint t, TensorSpec spec, int copy, int nonBlocking);

    [LibraryImport(Library)]
    internal static partial nint ot_contiguous_channels_last(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_set_data(nint target, nint source);

    [LibraryImport(Library)]
    internal static partial int ot_item_double(nint t, double* result);

    [LibraryImport(Library)]
    internal static partial int ot_item_int64(nint t, long* result);

    [LibraryImport(Library)]
    internal static partial int ot_item_bool(nint t, int* result);
}
