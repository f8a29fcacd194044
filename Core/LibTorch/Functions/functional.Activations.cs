using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) => inplace
                ? Check.Same(Native.ot_leaky_relu_(input.Handle, ScalarValue.Of(negative_slope)), input)
                : input.leaky_relu(negative_slope);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => inplace
                ? Check.Same(Native.ot_elu_(x.Handle, ScalarValue.Of(alpha)), x)
                : x.elu(alpha);

            public static Tensor selu(Tensor x, bool inplace = false) =>
                inplace ? Check.Same(Native.ot_selu_(x.Handle), x) : Check.Own(Native.ot_selu(x.Handle), x);

            public static Tensor celu(Tensor x, double alpha, bool inplace = false) =>
                Into(x, Check.Own(Native.ot_celu(x.Handle, ScalarValue.Of(alpha)), x), inplace);

            public static Tensor silu(Tensor x, bool inplace = false) =>
                inplace ? Check.Same(Native.ot_silu_(x.Handle), x) : x.silu();

            public static Tensor mish(Tensor x, bool inplace = false) => Into(x, Check.Own(Native.ot_mish(x.Handle), x), inplace);

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor relu6(Tensor x, bool inplace = false) => Into(x, Check.Own(Native.ot_relu6(x.Handle), x), inplace);

            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                Into(x, Check.Own(Native.ot_hardtanh(x.Handle, ScalarValue.Of(min_val), ScalarValue.Of(max_val)), x), inplace);

            public static Tensor hardsigmoid(Tensor input, bool inplace = false) =>
                Into(input, Check.Own(Native.ot_hardsigmoid(input.Handle), input), inplace);

            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                Into(input, Check.Own(Native.ot_hardswish(input.Handle), input), inplace);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);

            public static Tensor logsigmoid(Tensor x) => Check.Own(Native.ot_logsigmoid(x.Handle), x);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor glu(Tensor input, long dim = -1) => Check.Own(Native.ot_glu(input.Handle, dim), input);

            public static Tensor prelu(Tensor input, Tensor weight) => Check.Own(Native.ot_prelu(input.Handle, weight.Handle), input, weight);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => inplace
                ? Check.Same(Native.ot_dropout_(input.Handle, p, training ? 1 : 0), input)
                : Check.Own(Native.ot_dropout(input.Handle, p, training ? 1 : 0), input);

            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => inplace
                ? Check.Same(Native.ot_feature_dropout_(input.Handle, p, training ? 1 : 0), input)
                : Check.Own(Native.ot_feature_dropout(input.Handle, p, training ? 1 : 0), input);

            // For functions without an in-place kernel of their own.
            private static Tensor Into(Tensor target, Tensor result, bool inplace)
            {
                if (!inplace)
                {
                    return result;
                }

                target.copy_(result);
                result.Dispose();
                return target;
            }
        }
    }
}
