using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs_() => Check.Same(Native.ot_abs_(Handle), this);

        public Tensor neg_() => Check.Same(Native.ot_neg_(Handle), this);

        public Tensor exp_() => Check.Same(Native.ot_exp_(Handle), this);

        public Tensor exp2_() => Check.Same(Native.ot_exp2_(Handle), this);

        public Tensor expm1_() => Check.Same(Native.ot_expm1_(Handle), this);

        public Tensor log_() => Check.Same(Native.ot_log_(Handle), this);

        public Tensor log2_() => Check.Same(Native.ot_log2_(Handle), this);

        public Tensor log10_() => Check.Same(Native.ot_log10_(Handle), this);

        public Tensor log1p_() => Check.Same(Native.ot_log1p_(Handle), this);

        public Tensor sqrt_() => Check.Same(Native.ot_sqrt_(Handle), this);

        public Tensor rsqrt_() => Check.Same(Native.ot_rsqrt_(Handle), this);

        public Tensor square_() => Check.Same(Native.ot_square_(Handle), this);

        public Tensor reciprocal_() => Check.Same(Native.ot_reciprocal_(Handle), this);

        public Tensor sin_() => Check.Same(Native.ot_sin_(Handle), this);

        public Tensor cos_() => Check.Same(Native.ot_cos_(Handle), this);

        public Tensor tan_() => Check.Same(Native.ot_tan_(Handle), this);

        public Tensor asin_() => Check.Same(Native.ot_asin_(Handle), this);

        public Tensor acos_() => Check.Same(Native.ot_acos_(Handle), this);

        public Tensor atan_() => Check.Same(Native.ot_atan_(Handle), this);

        public Tensor sinh_() => Check.Same(Native.ot_sinh_(Handle), this);

        public Tensor cosh_() => Check.Same(Native.ot_cosh_(Handle), this);

        public Tensor tanh_() => Check.Same(Native.ot_tanh_(Handle), this);

        public Tensor sigmoid_() => Check.Same(Native.ot_sigmoid_(Handle), this);

        public Tensor relu_() => Check.Same(Native.ot_relu_(Handle), this);

        public Tensor floor_() => Check.Same(Native.ot_floor_(Handle), this);

        public Tensor ceil_() => Check.Same(Native.ot_ceil_(Handle), this);

        public Tensor round_() => Check.Same(Native.ot_round_(Handle), this);

        public Tensor trunc_() => Check.Same(Native.ot_trunc_(Handle), this);

        public Tensor frac_() => Check.Same(Native.ot_frac_(Handle), this);

        public Tensor erf_() => Check.Same(Native.ot_erf_(Handle), this);

        public Tensor erfc_() => Check.Same(Native.ot_erfc_(Handle), this);
    }
}
