using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/reduce.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint ot_sum(nint t, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_sum_dim(nint t, long* d, int n, int keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_mean(nint t, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_mean_dim(nint t, long* d, int n, int keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_prod(nint t, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_prod_dim(nint t, long dim, int keepdim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_var(nint t, long* d, int n, int unbiased, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_std(nint t, long* d, int n, int unbiased, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_logsumexp(nint t, long* d, int n, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_norm(nint t, ScalarValue p);

    [LibraryImport(Library)]
    internal static partial nint ot_norm_dim(nint t, ScalarValue p, long* d, int n, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_median(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_quantile(nint t, nint q, long dim, int hasDim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_max(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_min(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_max_dim(nint t, long dim, int keepdim, nint* values, nint* indexes);

    [LibraryImport(Library)]
    internal static partial int ot_min_dim(nint t, long dim, int keepdim, nint* values, nint* indexes);

    [LibraryImport(Library)]
    internal static partial nint ot_amax(nint t, long* d, int n, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_amin(nint t, long* d, int n, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_argmax(nint t, long dim, int hasDim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_argmin(nint t, long dim, int hasDim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_all(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_any(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_all_dim(nint t, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_any_dim(nint t, long dim, int keepdim);

    [LibraryImport(Library)]
    internal static partial nint ot_count_nonzero(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_equal(nint a, nint b, int* result);

    [LibraryImport(Library)]
    internal static partial int ot_allclose(nint a, nint b, double rtol, double atol, int equalNan, int* result);

    [LibraryImport(Library)]
    internal static partial nint ot_cumsum(nint t, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial nint ot_cumprod(nint t, long dim, int dtype);

    [LibraryImport(Library)]
    internal static partial int ot_sort(nint t, long dim, int descending, int stable, nint* values, nint* indexes);

    [LibraryImport(Library)]
    internal static partial nint ot_argsort(nint t, long dim, int descending);

    [LibraryImport(Library)]
    internal static partial int ot_topk(nint t, long k, long dim, int largest, int sorted, nint* values, nint* indexes);

    [LibraryImport(Library)]
    internal static partial nint ot_bincount(nint t, nint weights, long minlength);

    [LibraryImport(Library)]
    internal static partial nint ot_histc(nint t, long bins, ScalarValue low, ScalarValue high);

    [LibraryImport(Library)]
    internal static partial int ot_unique(nint t, int sorted, nint* values, nint* inverse, nint* counts);
}
