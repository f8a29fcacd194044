// Layers: linear, convolution, pooling, normalisation, resampling, dropout, embedding.
#include "abi.h"

#include <string>

using ot::maybe_tensor;
using ot::optional_tensor;
using ot::sizes;

OT_TENSOR(linear, (Handle x, Handle weight, Handle bias), at::linear(T(x), T(weight), maybe_tensor(bias)))
OT_TENSOR(conv1d, (Handle x, Handle weight, Handle bias, int64_t stride, int64_t padding, int64_t dilation, int64_t groups),
          at::conv1d(T(x), T(weight), maybe_tensor(bias), stride, padding, dilation, groups))
// Pairs are height then width.
OT_TENSOR(conv2d,
          (Handle x, Handle weight, Handle bias, Integers stride, Integers padding, Integers dilation, int64_t groups),
          at::conv2d(T(x), T(weight), maybe_tensor(bias), sizes(stride, 2), sizes(padding, 2), sizes(dilation, 2), groups))
OT_TENSOR(conv_transpose2d,
          (Handle x, Handle weight, Handle bias, Integers stride, Integers padding, Integers output_padding,
           Integers dilation, int64_t groups),
          at::conv_transpose2d(
              T(x), T(weight), maybe_tensor(bias), sizes(stride, 2), sizes(padding, 2), sizes(output_padding, 2), groups,
              sizes(dilation, 2)))

OT_TENSOR(max_pool2d, (Handle x, Integers kernel, Integers stride, Integers padding, Integers dilation, int32_t ceil_mode),
          at::max_pool2d(T(x), sizes(kernel, 2), sizes(stride, 2), sizes(padding, 2), sizes(dilation, 2), ceil_mode != 0))
OT_TENSOR(avg_pool2d,
          (Handle x, Integers kernel, Integers stride, Integers padding, int32_t ceil_mode, int32_t count_include_pad),
          at::avg_pool2d(T(x), sizes(kernel, 2), sizes(stride, 2), sizes(padding, 2), ceil_mode != 0, count_include_pad != 0))
OT_TENSOR(adaptive_avg_pool2d, (Handle x, Integers size), at::adaptive_avg_pool2d(T(x), sizes(size, 2)))
OT_TENSOR(adaptive_max_pool2d, (Handle x, Integers size), std::get<0>(at::adaptive_max_pool2d(T(x), sizes(size, 2))))

OT_TENSOR(batch_norm,
          (Handle x, Handle weight, Handle bias, Handle mean, Handle var, int32_t training, double momentum, double eps),
          at::batch_norm(
              T(x), maybe_tensor(weight), maybe_tensor(bias), maybe_tensor(mean), maybe_tensor(var), training != 0,
              momentum, eps, at::globalContext().userEnabledCuDNN()))
OT_TENSOR(layer_norm, (Handle x, Integers shape, int32_t n, Handle weight, Handle bias, double eps),
          at::layer_norm(T(x), sizes(shape, n), maybe_tensor(weight), maybe_tensor(bias), eps))
OT_TENSOR(group_norm, (Handle x, int64_t groups, Handle weight, Handle bias, double eps),
          at::group_norm(T(x), groups, maybe_tensor(weight), maybe_tensor(bias), eps))
OT_TENSOR(instance_norm, (Handle x, Handle weight, Handle bias, double eps),
          at::instance_norm(T(x), maybe_tensor(weight), maybe_tensor(bias), ot::nullopt, ot::nullopt, true, 0.1, eps, true))

namespace {

ot::Optional<double> scale(const double* scales, int32_t count, int32_t i) {
    return i < count ? ot::Optional<double>(scales[i]) : ot::nullopt;
}

at::Tensor upsample(const at::Tensor& x, int32_t mode, at::IntArrayRef size, bool align, const double* scales, int32_t n) {
    auto h = scale(scales, n, 0);
    auto w = scale(scales, n, 1);
    switch (mode) {
    case 0:
        return at::upsample_nearest2d(x, size, h, w);
    case 2:
        return at::upsample_bilinear2d(x, size, align, h, w);
    case 3:
        return at::upsample_bicubic2d(x, size, align, h, w);
    default:
        TORCH_CHECK(false, "interpolate: mode ", mode, " is not supported for images");
    }
}

} // namespace

// Modes are the managed InterpolationMode: 0 nearest, 2 bilinear, 3 bicubic.
OT_TENSOR(upsample2d,
          (Handle x, int32_t mode, Integers size, int32_t align, const double* scales, int32_t scale_count),
          upsample(T(x), mode, sizes(size, 2), align != 0, scales, scale_count))
// Modes are the managed PaddingModes: 0 constant (zeros), 1 reflect, 2 replicate, 3 circular.
OT_TENSOR(pad, (Handle x, Integers widths, int32_t n, int32_t mode, double value), [&] {
    const char* names[] = {"constant", "reflect", "replicate", "circular"};
    return at::pad(
        T(x), sizes(widths, n), names[mode], mode == 0 ? ot::Optional<double>(value) : ot::Optional<double>());
}())
OT_TENSOR(pixel_shuffle, (Handle x, int64_t factor), at::pixel_shuffle(T(x), factor))
OT_TENSOR(pixel_unshuffle, (Handle x, int64_t factor), at::pixel_unshuffle(T(x), factor))

OT_TENSOR(dropout, (Handle x, double p, int32_t training), at::dropout(T(x), p, training != 0))
OT_ACTION(dropout_, (Handle x, double p, int32_t training), at::dropout_(M(x), p, training != 0))
OT_TENSOR(feature_dropout, (Handle x, double p, int32_t training), at::feature_dropout(T(x), p, training != 0))
OT_ACTION(feature_dropout_, (Handle x, double p, int32_t training), at::feature_dropout_(M(x), p, training != 0))
OT_TENSOR(embedding, (Handle weight, Handle index, int64_t padding_index, int32_t scale_by_frequency, int32_t sparse),
          at::embedding(T(weight), T(index), padding_index, scale_by_frequency != 0, sparse != 0))
OT_ACTION(embedding_renorm_, (Handle weight, Handle index, double max_norm, double norm_type), {
    at::NoGradGuard guard;
    at::embedding_renorm_(M(weight), T(index).contiguous(), max_norm, norm_type);
})
OT_TENSOR(one_hot, (Handle x, int64_t classes), at::one_hot(T(x), classes))
OT_TENSOR(cosine_similarity, (Handle a, Handle b, int64_t dim, double eps), at::cosine_similarity(T(a), T(b), dim, eps))
OT_TENSOR(normalize, (Handle x, double p, int64_t dim, double eps), [&] {
    auto length = at::linalg_vector_norm(T(x), p, at::OptionalIntArrayRef(dim), true);
    return T(x) / length.clamp_min(eps).expand_as(T(x));
}())
