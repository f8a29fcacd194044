using System;
using System.Linq;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Check.Own(Native.ot_linear(input.Handle, weights.Handle, bias?.Handle ?? 0), input, weights, bias);

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                Check.Own(Native.ot_conv1d(input.Handle, weight.Handle, bias?.Handle ?? 0, stride ?? 1, padding ?? 0, dilation ?? 1, groups), input, weight, bias);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
            {
                fixed (long* s = Pair(strides, 1), p = Pair(padding, 0), d = Pair(dilation, 1))
                {
                    return Check.Own(Native.ot_conv2d(input.Handle, weight.Handle, bias?.Handle ?? 0, s, p, d, groups), input, weight, bias);
                }
            }

            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1)
            {
                fixed (long* s = Pair(strides, 1), p = Pair(padding, 0), o = Pair(output_padding, 0), d = Pair(dilation, 1))
                {
                    return Check.Own(Native.ot_conv_transpose2d(input.Handle, weight.Handle, bias?.Handle ?? 0, s, p, o, d, groups), input, weight, bias);
                }
            }

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
            {
                var kernel = Pair(kernel_size, 1);
                fixed (long* k = kernel, s = Pair(strides ?? kernel, 1), p = Pair(padding, 0), d = Pair(dilation, 1))
                {
                    return Check.Own(Native.ot_max_pool2d(input.Handle, k, s, p, d, ceil_mode ? 1 : 0), input);
                }
            }

            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, long dilation = 1, bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], [dilation], ceil_mode);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true)
            {
                var kernel = Pair(kernel_size, 1);
                fixed (long* k = kernel, s = Pair(strides ?? kernel, 1), p = Pair(padding, 0))
                {
                    return Check.Own(Native.ot_avg_pool2d(input.Handle, k, s, p, ceil_mode ? 1 : 0, count_include_pad ? 1 : 0), input);
                }
            }

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true) =>
                avg_pool2d(input, [kernel_size], [stride ?? kernel_size], [padding], ceil_mode, count_include_pad);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size)
            {
                fixed (long* size = Pair(output_size, 1))
                {
                    return Check.Own(Native.ot_adaptive_avg_pool2d(input.Handle, size), input);
                }
            }

            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size)
            {
                fixed (long* size = Pair(output_size, 1))
                {
                    return Check.Own(Native.ot_adaptive_max_pool2d(input.Handle, size), input);
                }
            }

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1E-05)
            {
                var result = Native.ot_batch_norm(input.Handle, weight?.Handle ?? 0, bias?.Handle ?? 0, running_mean?.Handle ?? 0, running_var?.Handle ?? 0, training ? 1 : 0, momentum, eps);
                return Check.Own(result, input, weight, bias, running_mean, running_var);
            }

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1E-05)
            {
                fixed (long* shape = normalized_shape)
                {
                    return Check.Own(Native.ot_layer_norm(input.Handle, shape, normalized_shape.Length, weight?.Handle ?? 0, bias?.Handle ?? 0, eps), input, weight, bias);
                }
            }

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1E-05) =>
                Check.Own(Native.ot_group_norm(input.Handle, num_groups, weight?.Handle ?? 0, bias?.Handle ?? 0, eps), input, weight, bias);

            public static Tensor embedding(Tensor x, Tensor weight, long? padding_idx = null, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false)
            {
                var padding = padding_idx is { } index && index < 0 ? index + weight.shape[0] : padding_idx ?? -1;
                if (max_norm is { } limit)
                {
                    Check.Done(Native.ot_embedding_renorm_(weight.Handle, x.Handle, limit, norm_type), weight, x);
                }

                return Check.Own(Native.ot_embedding(weight.Handle, x.Handle, padding, scale_grad_by_freq ? 1 : 0, sparse ? 1 : 0), weight, x);
            }

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Check.Own(Native.ot_one_hot(x.Handle, num_classes), x);

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) =>
                Check.Own(Native.ot_cosine_similarity(x1.Handle, x2.Handle, dim, eps), x1, x2);

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1e-12) =>
                Check.Own(Native.ot_normalize(input.Handle, p, dim, eps), input);

            public static Tensor pixel_shuffle(Tensor x, long upscale_factor) => Check.Own(Native.ot_pixel_shuffle(x.Handle, upscale_factor), x);

            public static Tensor pixel_unshuffle(Tensor x, long downscale_factor) => Check.Own(Native.ot_pixel_unshuffle(x.Handle, downscale_factor), x);

            /// <summary>Widths start at the last dimension: left, right, top, bottom, ...</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                fixed (long* widths = pad)
                {
                    var kind = mode == PaddingModes.Zeros ? PaddingModes.Constant : mode;
                    return Check.Own(Native.ot_pad(input.Handle, widths, pad.Length, (int)kind, value), input);
                }
            }

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if (x.Dimensions != 4 || antialias || (size is null) == (scale_factor is null))
                {
                    throw new ArgumentException("interpolate takes images [batch, channels, height, width] without antialias, and either size or scale_factor.");
                }

                var scales = scale_factor is null ? [] : scale_factor.Length == 1 ? [scale_factor[0], scale_factor[0]] : scale_factor;
                var target = size is not null ? Pair(size, 1) : x.shape.Skip(2).Zip(scales, (extent, scale) => (long)Math.Floor(extent * scale)).ToArray();
                fixed (long* targetList = target)
                fixed (double* scaleList = scales)
                {
                    var count = recompute_scale_factor ? 0 : scales.Length;
                    return Check.Own(Native.ot_upsample2d(x.Handle, (int)mode, targetList, align_corners == true ? 1 : 0, scaleList, count), x);
                }
            }

            /// <summary>Height and width from one number for both, two numbers, or none.</summary>
            internal static long[] Pair(long[]? values, long otherwise) => values switch
            {
                null => [otherwise, otherwise],
                [var both] => [both, both],
                [_, _] => values,
                _ => throw new ArgumentException($"Expected one or two numbers for height and width, got {values.Length}."),
            };
        }
    }
}
