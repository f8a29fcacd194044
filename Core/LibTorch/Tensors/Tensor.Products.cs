using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Check.Own(Native.ot_matmul(Handle, target.Handle), this, target);

        public Tensor mm(Tensor target) => Check.Own(Native.ot_mm(Handle, target.Handle), this, target);

        public Tensor bmm(Tensor batch2) => Check.Own(Native.ot_bmm(Handle, batch2.Handle), this, batch2);

        public Tensor mv(Tensor target) => Check.Own(Native.ot_mv(Handle, target.Handle), this, target);

        public Tensor dot(Tensor target) => Check.Own(Native.ot_dot(Handle, target.Handle), this, target);

        public Tensor outer(Tensor vec2) => Check.Own(Native.ot_outer(Handle, vec2.Handle), this, vec2);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Check.Own(Native.ot_addmm(Handle, mat1.Handle, mat2.Handle, ScalarValue.Of((double)beta), ScalarValue.Of((double)alpha)), this, mat1, mat2);

        public Tensor trace() => Check.Own(Native.ot_trace(Handle), this);

        public Tensor inverse() => Check.Own(Native.ot_inv(Handle), this);

        public Tensor det() => Check.Own(Native.ot_det(Handle), this);

        public Tensor cholesky() => Check.Own(Native.ot_cholesky(Handle), this);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Check.Own(Native.ot_softmax(Handle, dim, Code(dtype)), this);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Check.Own(Native.ot_log_softmax(Handle, dim, Code(dtype)), this);

        public Tensor silu() => Check.Own(Native.ot_silu(Handle), this);

        public Tensor gelu() => Check.Own(Native.ot_gelu(Handle, 0), this);

        public Tensor softplus(double beta = 1, double threshold = 20) =>
            Check.Own(Native.ot_softplus(Handle, ScalarValue.Of(beta), ScalarValue.Of(threshold)), this);

        public Tensor leaky_relu(Scalar negative_slope) => Check.Own(Native.ot_leaky_relu(Handle, negative_slope.Value), this);

        public Tensor elu(Scalar alpha) => Check.Own(Native.ot_elu(Handle, alpha.Value), this);
    }
}
