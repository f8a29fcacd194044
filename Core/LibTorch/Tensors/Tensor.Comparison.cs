using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor eq(Tensor target) => Check.Own(Native.ot_eq(Handle, target.Handle), this, target);

        public Tensor eq(Scalar target) => Check.Own(Native.ot_eq_scalar(Handle, target.Value), this);

        public Tensor ne(Tensor target) => Check.Own(Native.ot_ne(Handle, target.Handle), this, target);

        public Tensor ne(Scalar target) => Check.Own(Native.ot_ne_scalar(Handle, target.Value), this);

        public Tensor lt(Tensor target) => Check.Own(Native.ot_lt(Handle, target.Handle), this, target);

        public Tensor lt(Scalar target) => Check.Own(Native.ot_lt_scalar(Handle, target.Value), this);

        public Tensor le(Tensor target) => Check.Own(Native.ot_le(Handle, target.Handle), this, target);

        public Tensor le(Scalar target) => Check.Own(Native.ot_le_scalar(Handle, target.Value), this);

        public Tensor gt(Tensor target) => Check.Own(Native.ot_gt(Handle, target.Handle), this, target);

        public Tensor gt(Scalar target) => Check.Own(Native.ot_gt_scalar(Handle, target.Value), this);

        public Tensor ge(Tensor target) => Check.Own(Native.ot_ge(Handle, target.Handle), this, target);

        public Tensor ge(Scalar target) => Check.Own(Native.ot_ge_scalar(Handle, target.Value), this);

        public Tensor logical_and(Tensor other) => Check.Own(Native.ot_logical_and(Handle, other.Handle), this, other);

        public Tensor logical_or(Tensor other) => Check.Own(Native.ot_logical_or(Handle, other.Handle), this, other);

        public Tensor logical_xor(Tensor other) => Check.Own(Native.ot_logical_xor(Handle, other.Handle), this, other);

        public Tensor bitwise_and(Tensor other) => Check.Own(Native.ot_bitwise_and(Handle, other.Handle), this, other);

        public Tensor bitwise_or(Tensor other) => Check.Own(Native.ot_bitwise_or(Handle, other.Handle), this, other);

        public Tensor bitwise_xor(Tensor other) => Check.Own(Native.ot_bitwise_xor(Handle, other.Handle), this, other);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor less(Tensor target) => lt(target);

        /// <summary>True when shapes and all elements are equal.</summary>
        public bool equal(Tensor target)
        {
            int result;
            Check.Done(Native.ot_equal(Handle, target.Handle, &result), this, target);
            return result != 0;
        }

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            int result;
            Check.Done(Native.ot_allclose(Handle, target.Handle, rtol, atol, equal_nan ? 1 : 0, &result), this, target);
            return result != 0;
        }
    }
}
