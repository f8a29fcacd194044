using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/linalg.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint ot_matmul(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_mm(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_bmm(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_mv(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_dot(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_outer(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_addmm(nint a, nint b, nint c, ScalarValue beta, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint ot_baddbmm(nint a, nint b, nint c, ScalarValue beta, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint ot_cdist(nint a, nint b, double p);

    [LibraryImport(Library)]
    internal static partial nint ot_trace(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_cholesky(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_inv(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_pinv(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_det(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_solve(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_eigvalsh(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_vector_norm(nint t, ScalarValue p, long* d, int n, int keepdim);

    [LibraryImport(Library)]
    internal static partial int ot_svd(nint t, int full, nint* u, nint* s, nint* vh);

    [LibraryImport(Library)]
    internal static partial int ot_eigh(nint t, int upper, nint* values, nint* vectors);

    [LibraryImport(Library)]
    internal static partial int ot_qr(nint t, int complete, nint* q, nint* r);

    [LibraryImport(Library)]
    internal static partial int ot_slogdet(nint t, nint* sign, nint* logabsdet);
}
