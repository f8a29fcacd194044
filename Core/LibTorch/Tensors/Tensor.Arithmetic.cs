using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => add(target, 1);

        public Tensor add(Tensor target, Scalar alpha) =>
            Check.Own(Native.ot_add(Handle, target.Handle, alpha.Value), this, target);

        public Tensor add(Scalar scalar) => Check.Own(Native.ot_add_scalar(Handle, scalar.Value, ScalarValue.One), this);

        public Tensor add(Scalar scalar, Scalar alpha) =>
            Check.Own(Native.ot_add_scalar(Handle, scalar.Value, alpha.Value), this);

        public Tensor add_(Tensor target) => add_(target, 1);

        public Tensor add_(Tensor target, Scalar alpha) =>
            Check.Same(Native.ot_add_(Handle, target.Handle, alpha.Value), this, target);

        public Tensor add_(Scalar scalar) => Check.Same(Native.ot_add_scalar_(Handle, scalar.Value, ScalarValue.One), this);

        public Tensor sub(Tensor target) => sub(target, 1);

        public Tensor sub(Tensor target, Scalar alpha) =>
            Check.Own(Native.ot_sub(Handle, target.Handle, alpha.Value), this, target);

        public Tensor sub(Scalar scalar) => Check.Own(Native.ot_sub_scalar(Handle, scalar.Value, ScalarValue.One), this);

        public Tensor sub_(Tensor target) => sub_(target, 1);

        public Tensor sub_(Tensor target, Scalar alpha) =>
            Check.Same(Native.ot_sub_(Handle, target.Handle, alpha.Value), this, target);

        public Tensor sub_(Scalar scalar) => Check.Same(Native.ot_sub_scalar_(Handle, scalar.Value, ScalarValue.One), this);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor mul(Tensor target) => Check.Own(Native.ot_mul(Handle, target.Handle), this, target);

        public Tensor mul(Scalar target) => Check.Own(Native.ot_mul_scalar(Handle, target.Value), this);

        public Tensor mul_(Tensor target) => Check.Same(Native.ot_mul_(Handle, target.Handle), this, target);

        public Tensor mul_(Scalar target) => Check.Same(Native.ot_mul_scalar_(Handle, target.Value), this);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor div(Tensor target) => Check.Own(Native.ot_div(Handle, target.Handle), this, target);

        public Tensor div(Tensor target, RoundingMode rounding_mode) => rounding_mode == RoundingMode.None
            ? div(target)
            : Check.Own(Native.ot_div_rounded(Handle, target.Handle, rounding_mode == RoundingMode.floor ? 1 : 0), this, target);

        public Tensor div(Scalar target) => Check.Own(Native.ot_div_scalar(Handle, target.Value), this);

        public Tensor div_(Tensor target) => Check.Same(Native.ot_div_(Handle, target.Handle), this, target);

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            if (rounding_mode == RoundingMode.None)
            {
                return Check.Same(Native.ot_div_scalar_(Handle, target.Value), this);
            }

            using var divisor = full([], target, dtype: dtype, device: device);
            using var quotient = div(divisor, rounding_mode);
            return copy_(quotient);
        }

        public Tensor divide(Tensor target) => div(target);

        public Tensor floor_divide(Tensor other) => div(other, RoundingMode.floor);

        public Tensor remainder(Tensor other) => Check.Own(Native.ot_remainder(Handle, other.Handle), this, other);

        public Tensor remainder(Scalar other) => Check.Own(Native.ot_remainder_scalar(Handle, other.Value), this);

        public Tensor pow(Tensor exponent) => Check.Own(Native.ot_pow(Handle, exponent.Handle), this, exponent);

        public Tensor pow(Scalar exponent) => Check.Own(Native.ot_pow_scalar(Handle, exponent.Value), this);

        public Tensor pow_(Scalar exponent) => Check.Same(Native.ot_pow_scalar_(Handle, exponent.Value), this);

        public Tensor atan2(Tensor other) => Check.Own(Native.ot_atan2(Handle, other.Handle), this, other);

        public Tensor maximum(Tensor other) => Check.Own(Native.ot_maximum(Handle, other.Handle), this, other);

        public Tensor minimum(Tensor other) => Check.Own(Native.ot_minimum(Handle, other.Handle), this, other);

        public Tensor logaddexp(Tensor other) => Check.Own(Native.ot_logaddexp(Handle, other.Handle), this, other);

        public Tensor xlogy(Tensor y) => Check.Own(Native.ot_xlogy(Handle, y.Handle), this, y);

        public Tensor logit(double? eps = null) =>
            Check.Own(Native.ot_logit(Handle, eps is { } value ? ScalarValue.Of(value) : ScalarValue.Absent), this);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            Check.Own(Native.ot_clamp(Handle, ScalarValue.Of(min), ScalarValue.Of(max)), this);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Check.Same(Native.ot_clamp_(Handle, ScalarValue.Of(min), ScalarValue.Of(max)), this);

        public Tensor clamp_min(Scalar min) => clamp(min);

        public Tensor clamp_max(Scalar max) => clamp(null, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor lerp(Tensor end, Tensor weight) =>
            Check.Own(Native.ot_lerp(Handle, end.Handle, weight.Handle), this, end, weight);

        public Tensor lerp(Tensor end, Scalar weight) =>
            Check.Own(Native.ot_lerp_scalar(Handle, end.Handle, weight.Value), this, end);

        public Tensor lerp_(Tensor end, Tensor weight) =>
            Check.Same(Native.ot_lerp_(Handle, end.Handle, weight.Handle), this, end, weight);

        public Tensor lerp_(Tensor end, Scalar weight) =>
            Check.Same(Native.ot_lerp_scalar_(Handle, end.Handle, weight.Value), this, end);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Check.Own(Native.ot_addcmul(Handle, tensor1.Handle, tensor2.Handle, value.Value), this, tensor1, tensor2);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Check.Same(Native.ot_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Value), this, tensor1, tensor2);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Check.Own(Native.ot_addcdiv(Handle, tensor1.Handle, tensor2.Handle, value.Value), this, tensor1, tensor2);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Check.Same(Native.ot_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value.Value), this, tensor1, tensor2);

        public Tensor zero_() => Check.Same(Native.ot_zero_(Handle), this);

        public Tensor fill_(Scalar value) => Check.Same(Native.ot_fill_(Handle, value.Value), this);

        public Tensor masked_fill(Tensor mask, Scalar value) =>
            Check.Own(Native.ot_masked_fill(Handle, mask.Handle, value.Value), this, mask);

        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            Check.Same(Native.ot_masked_fill_(Handle, mask.Handle, value.Value), this, mask);

        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);
    }
}
