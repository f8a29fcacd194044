using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/shape.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint ot_index(nint t, IndexEntry* list, int count);

    [LibraryImport(Library)]
    internal static partial int ot_index_put_(nint t, IndexEntry* list, int count, nint value);

    [LibraryImport(Library)]
    internal static partial int ot_index_fill_at_(nint t, IndexEntry* list, int count, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint ot_view(nint t, long* s, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_view_as(nint t, nint other);

    [LibraryImport(Library)]
    internal static partial nint ot_reshape(nint t, long* s, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_flatten(nint t, long start, long end);

    [LibraryImport(Library)]
    internal static partial nint ot_unflatten(nint t, long dim, long* s, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_unsqueeze(nint t, long dim);

    [LibraryImport(Library)]
    internal static partial nint ot_squeeze(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_squeeze_dim(nint t, long dim);

    [LibraryImport(Library)]
    internal static partial nint ot_permute(nint t, long* d, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_transpose(nint t, long a, long b);

    [LibraryImport(Library)]
    internal static partial nint ot_t(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_expand(nint t, long* s, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_broadcast_to(nint t, long* s, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_repeat(nint t, long* s, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_tile(nint t, long* s, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_repeat_interleave(nint t, long repeats, long dim, int hasDim);

    [LibraryImport(Library)]
    internal static partial nint ot_narrow(nint t, long dim, long start, long length);

    [LibraryImport(Library)]
    internal static partial nint ot_select(nint t, long dim, long index);

    [LibraryImport(Library)]
    internal static partial nint ot_slice(nint t, long dim, long start, long finish, long step);

    [LibraryImport(Library)]
    internal static partial nint ot_flip(nint t, long* d, int n);

    [LibraryImport(Library)]
    internal static partial nint ot_roll(nint t, long* shifts, int n, long* d, int m);

    [LibraryImport(Library)]
    internal static partial nint ot_diag(nint t, long diagonal);

    [LibraryImport(Library)]
    internal static partial nint ot_diagonal(nint t, long offset, long a, long b);

    [LibraryImport(Library)]
    internal static partial nint ot_unfold(nint t, long dim, long size, long step);

    [LibraryImport(Library)]
    internal static partial int ot_chunk(nint t, long chunks, long dim, nint* result, int capacity, int* count);

    [LibraryImport(Library)]
    internal static partial int ot_split(nint t, long size, long dim, nint* result, int capacity, int* count);

    [LibraryImport(Library)]
    internal static partial int ot_split_sizes(nint t, long* s, int n, long dim, nint* result);

    [LibraryImport(Library)]
    internal static partial int ot_unbind(nint t, long dim, nint* result);

    [LibraryImport(Library)]
    internal static partial nint ot_index_select(nint t, long dim, nint index);

    [LibraryImport(Library)]
    internal static partial nint ot_index_add(nint t, long dim, nint index, nint source, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int ot_index_add_(nint t, long dim, nint index, nint source, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int ot_index_copy_(nint t, long dim, nint index, nint source);

    [LibraryImport(Library)]
    internal static partial nint ot_gather(nint t, long dim, nint index);

    [LibraryImport(Library)]
    internal static partial nint ot_take(nint t, nint index);

    [LibraryImport(Library)]
    internal static partial nint ot_scatter(nint t, long dim, nint index, nint source);

    [LibraryImport(Library)]
    internal static partial int ot_scatter_(nint t, long dim, nint index, nint source);

    [LibraryImport(Library)]
    internal static partial int ot_scatter_value_(nint t, long dim, nint index, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint ot_scatter_add(nint t, long dim, nint index, nint source);

    [LibraryImport(Library)]
    internal static partial int ot_scatter_add_(nint t, long dim, nint index, nint source);

    [LibraryImport(Library)]
    internal static partial nint ot_masked_select(nint t, nint mask);

    [LibraryImport(Library)]
    internal static partial nint ot_nonzero(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_searchsorted(nint sorted, nint values, int right);
}
