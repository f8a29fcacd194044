using System.Runtime.InteropServices;

namespace Orchestrator.LibTorch.Interop;

/// <summary>Entry points of native/unary.cpp.</summary>
internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint ot_abs(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_abs_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_neg(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_neg_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_exp(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_exp_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_exp2(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_exp2_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_expm1(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_expm1_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_log(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_log_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_log2(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_log2_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_log10(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_log10_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_log1p(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_log1p_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_sqrt(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_sqrt_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_rsqrt(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_rsqrt_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_square(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_square_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_reciprocal(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_reciprocal_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_sin(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_sin_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_cos(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_cos_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_tan(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_tan_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_asin(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_asin_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_acos(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_acos_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_atan(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_atan_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_sinh(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_sinh_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_cosh(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_cosh_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_tanh(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_tanh_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_sigmoid(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_sigmoid_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_relu(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_relu_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_floor(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_floor_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_ceil(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_ceil_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_round_decimals(nint t, long decimals);

    [LibraryImport(Library)]
    internal static partial int ot_round_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_trunc(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_trunc_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_frac(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_frac_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_erf(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_erf_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_erfc(nint t);

    [LibraryImport(Library)]
    internal static partial int ot_erfc_(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_digamma(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_sign(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_erfinv(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_lgamma(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_logit(nint t, ScalarValue eps);

    [LibraryImport(Library)]
    internal static partial nint ot_isnan(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_isinf(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_isfinite(nint t);

    [LibraryImport(Library)]
    internal static partial nint ot_nan_to_num(nint t);
}
