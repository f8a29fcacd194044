using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/pointwise.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint ot_logical_not(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_logical_and(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_logical_or(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_logical_xor(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_bitwise_not(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_bitwise_and(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_bitwise_or(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_bitwise_xor(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_add(nint a, nint b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint ot_sub(nint a, nint b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint ot_mul(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_div(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_add_scalar(nint a, ScalarValue b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint ot_sub_scalar(nint a, ScalarValue b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial nint ot_rsub_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_mul_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_div_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_div_rounded(nint a, nint b, int floor);

    [LibraryImport(Library)]
    internal static partial nint ot_remainder(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_remainder_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial int ot_add_(nint a, nint b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int ot_sub_(nint a, nint b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int ot_mul_(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial int ot_div_(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial int ot_add_scalar_(nint a, ScalarValue b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int ot_sub_scalar_(nint a, ScalarValue b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int ot_mul_scalar_(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial int ot_div_scalar_(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_pow(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_pow_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_scalar_pow(ScalarValue a, nint b);

    [LibraryImport(Library)]
    internal static partial int ot_pow_scalar_(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_atan2(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_maximum(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_minimum(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_logaddexp(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_xlogy(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_eq(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_ne(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_lt(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_le(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_gt(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_ge(nint a, nint b);

    [LibraryImport(Library)]
    internal static partial nint ot_eq_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_ne_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_lt_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_le_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_gt_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_ge_scalar(nint a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial nint ot_clamp(nint t, ScalarValue low, ScalarValue high);

    [LibraryImport(Library)]
    internal static partial int ot_clamp_(nint t, ScalarValue low, ScalarValue high);

    [LibraryImport(Library)]
    internal static partial nint ot_where(nint condition, nint x, nint y);

    [LibraryImport(Library)]
    internal static partial nint ot_lerp(nint a, nint end, nint weight);

    [LibraryImport(Library)]
    internal static partial nint ot_lerp_scalar(nint a, nint end, ScalarValue weight);

    [LibraryImport(Library)]
    internal static partial int ot_lerp_(nint a, nint end, nint weight);

    [LibraryImport(Library)]
    internal static partial int ot_lerp_scalar_(nint a, nint end, ScalarValue weight);

    [LibraryImport(Library)]
    internal static partial nint ot_addcmul(nint a, nint b, nint c, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint ot_addcdiv(nint a, nint b, nint c, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int ot_addcmul_(nint a, nint b, nint c, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int ot_addcdiv_(nint a, nint b, nint c, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int ot_zero_(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_fill_(nint t, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int ot_masked_fill_(nint t, nint mask, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial nint ot_masked_fill(nint t, nint mask, ScalarValue value);
}
