using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Check.Own(Native.ot_abs(Handle), this);

        public Tensor neg() => Check.Own(Native.ot_neg(Handle), this);

        public Tensor negative() => neg();

        public Tensor absolute() => abs();

        public Tensor exp() => Check.Own(Native.ot_exp(Handle), this);

        public Tensor exp2() => Check.Own(Native.ot_exp2(Handle), this);

        public Tensor expm1() => Check.Own(Native.ot_expm1(Handle), this);

        public Tensor log() => Check.Own(Native.ot_log(Handle), this);

        public Tensor log2() => Check.Own(Native.ot_log2(Handle), this);

        public Tensor log10() => Check.Own(Native.ot_log10(Handle), this);

        public Tensor log1p() => Check.Own(Native.ot_log1p(Handle), this);

        public Tensor sqrt() => Check.Own(Native.ot_sqrt(Handle), this);

        public Tensor rsqrt() => Check.Own(Native.ot_rsqrt(Handle), this);

        public Tensor square() => Check.Own(Native.ot_square(Handle), this);

        public Tensor reciprocal() => Check.Own(Native.ot_reciprocal(Handle), this);

        public Tensor sin() => Check.Own(Native.ot_sin(Handle), this);

        public Tensor cos() => Check.Own(Native.ot_cos(Handle), this);

        public Tensor tan() => Check.Own(Native.ot_tan(Handle), this);

        public Tensor asin() => Check.Own(Native.ot_asin(Handle), this);

        public Tensor acos() => Check.Own(Native.ot_acos(Handle), this);

        public Tensor atan() => Check.Own(Native.ot_atan(Handle), this);

        public Tensor sinh() => Check.Own(Native.ot_sinh(Handle), this);

        public Tensor cosh() => Check.Own(Native.ot_cosh(Handle), this);

        public Tensor tanh() => Check.Own(Native.ot_tanh(Handle), this);

        public Tensor sigmoid() => Check.Own(Native.ot_sigmoid(Handle), this);

        public Tensor relu() => Check.Own(Native.ot_relu(Handle), this);

        public Tensor floor() => Check.Own(Native.ot_floor(Handle), this);

        public Tensor ceil() => Check.Own(Native.ot_ceil(Handle), this);

        public Tensor round(long decimals = 0) => Check.Own(Native.ot_round_decimals(Handle, decimals), this);

        public Tensor trunc() => Check.Own(Native.ot_trunc(Handle), this);

        public Tensor frac() => Check.Own(Native.ot_frac(Handle), this);

        public Tensor erf() => Check.Own(Native.ot_erf(Handle), this);

        public Tensor erfc() => Check.Own(Native.ot_erfc(Handle), this);

        public Tensor digamma() => Check.Own(Native.ot_digamma(Handle), this);

        public Tensor sign() => Check.Own(Native.ot_sign(Handle), this);

        public Tensor erfinv() => Check.Own(Native.ot_erfinv(Handle), this);

        public Tensor lgamma() => Check.Own(Native.ot_lgamma(Handle), this);

        public Tensor isnan() => Check.Own(Native.ot_isnan(Handle), this);

        public Tensor isinf() => Check.Own(Native.ot_isinf(Handle), this);

        public Tensor isfinite() => Check.Own(Native.ot_isfinite(Handle), this);

        public Tensor nan_to_num() => Check.Own(Native.ot_nan_to_num(Handle), this);

        public Tensor logical_not() => Check.Own(Native.ot_logical_not(Handle), this);

        public Tensor bitwise_not() => Check.Own(Native.ot_bitwise_not(Handle), this);
    }
}
