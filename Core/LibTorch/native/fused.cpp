// Functions that libtorch has only as a chain of operators, or does slowly. CPU and float32 only.
// Before abi.h, whose macro T this header's templates would meet.
#include <torch/csrc/autograd/custom_function.h>

#include "abi.h"
#include "vectorised.h"

#include <ATen/Parallel.h>

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using ot::sizes;

namespace {

// Work for one thread before it is worth sharing.
constexpr int64_t Grain = 32768;
constexpr int64_t CacheLine = 64;
// Images between the one that is scaled and the one that is fetched.
constexpr int64_t Ahead = 4;

bool plain_floats(const at::Tensor& t) {
    return t.device().is_cpu() && t.scalar_type() == at::kFloat && t.layout() == at::kStrided;
}

bool differentiated(const at::Tensor& t) {
    return at::GradMode::is_enabled() && t.requires_grad();
}

// A gradient of a gradient would come out wrong without a word.
void refuse_second_order() {
    TORCH_CHECK(!at::GradMode::is_enabled(), "a fused function has no second derivative: use the plain operators");
}

// Rows of `factors`, each times its entry of `weights`.
at::Tensor scale_rows(const at::Tensor& factors, const at::Tensor& weights) {
    auto result = at::empty_like(factors);
    auto scales = weights.contiguous();
    const float* in = factors.data_ptr<float>();
    const float* scale = scales.data_ptr<float>();
    float* out = result.data_ptr<float>();
    int64_t rows = factors.size(0), width = factors.numel() / std::max<int64_t>(rows, 1);
    at::parallel_for(0, rows, Grain / std::max<int64_t>(width, 1) + 1, [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; row++) {
            for (int64_t i = row * width; i < (row + 1) * width; i++) {
                out[i] = in[i] * scale[row];
            }
        }
    });
    return result;
}

at::Tensor bernoulli_rows(const at::Tensor& logits, const at::Tensor& images, at::Tensor* slopes) {
    auto l = logits.contiguous(), x = images.contiguous();
    auto result = at::empty({l.size(0)}, l.options());
    const float* from = l.data_ptr<float>();
    const float* pixels = x.data_ptr<float>();
    float* sums = result.data_ptr<float>();
    float* gradient = nullptr;
    if (slopes) {
        *slopes = at::empty_like(l);
        gradient = slopes->data_ptr<float>();
    }
    int64_t width = l.numel() / std::max<int64_t>(l.size(0), 1);
    at::parallel_for(0, l.size(0), Grain / std::max<int64_t>(width, 1) + 1, [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; row++) {
            int64_t at = row * width;
            sums[row] = ot::bernoulli_loop(from + at, pixels + at, gradient ? gradient + at : nullptr, width);
        }
    });
    return result;
}

struct BernoulliFunction : torch::autograd::Function<BernoulliFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& logits, const at::Tensor& images) {
        at::Tensor slopes;
        auto result = bernoulli_rows(logits, images, &slopes);
        context->save_for_backward({slopes});
        return result;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        refuse_second_order();
        return {scale_rows(context->get_saved_variables()[0], gradients[0]), at::Tensor()};
    }
};

// The mean over all logits, with one target for them.
at::Tensor cross_entropy(const at::Tensor& logits, double target, at::Tensor* slopes) {
    auto row = logits.reshape({1, -1});
    auto sum = bernoulli_rows(row, at::full_like(row, target), slopes);
    return sum.squeeze(0).div_(static_cast<double>(row.numel()));
}

struct CrossEntropyFunction : torch::autograd::Function<CrossEntropyFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& logits, double target) {
        at::Tensor slopes;
        auto result = cross_entropy(logits, target, &slopes);
        context->save_for_backward({slopes.view(logits.sizes())});
        return result;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        refuse_second_order();
        auto slopes = context->get_saved_variables()[0];
        return {slopes * (gradients[0] / static_cast<double>(slopes.numel())), at::Tensor()};
    }
};

at::Tensor sigmoid_of(const at::Tensor& x) {
    auto from = x.contiguous();
    auto result = at::empty_like(from);
    const float* in = from.data_ptr<float>();
    float* out = result.data_ptr<float>();
    at::parallel_for(0, from.numel(), Grain, [&](int64_t begin, int64_t end) {
        ot::sigmoid_loop(in + begin, out + begin, end - begin);
    });
    return result;
}

struct SigmoidFunction : torch::autograd::Function<SigmoidFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x) {
        auto result = sigmoid_of(x);
        context->save_for_backward({result});
        return result;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        return {at::sigmoid_backward(gradients[0], context->get_saved_variables()[0])};
    }
};

at::Tensor divergence_rows(const at::Tensor& mean, const at::Tensor& log_variance, const at::Tensor& variance) {
    auto result = at::empty({mean.size(0)}, mean.options());
    const float* m = mean.data_ptr<float>();
    const float* l = log_variance.data_ptr<float>();
    const float* v = variance.data_ptr<float>();
    float* out = result.data_ptr<float>();
    int64_t width = mean.size(1);
    for (int64_t row = 0; row < mean.size(0); row++) {
        double sum = 0;
        for (int64_t i = row * width; i < (row + 1) * width; i++) {
            sum += static_cast<double>(m[i]) * m[i] + v[i] - l[i] - 1.0;
        }
        out[row] = static_cast<float>(0.5 * sum);
    }
    return result;
}

struct DivergenceFunction : torch::autograd::Function<DivergenceFunction> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& mean, const at::Tensor& log_variance) {
        auto m = mean.contiguous(), l = log_variance.contiguous();
        auto variance = l.exp();
        auto result = divergence_rows(m, l, variance);
        context->save_for_backward({m, variance.sub_(1).mul_(0.5)});
        return result;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        refuse_second_order();
        auto saved = context->get_saved_variables();
        return {scale_rows(saved[0], gradients[0]), scale_rows(saved[1], gradients[0])};
    }
};

// The gradients of a transposed convolution are a convolution and a convolution's weight gradient. oneDNN has both;
// libtorch's own way goes image by image through unfolded columns.
struct TransposedConvolution : torch::autograd::Function<TransposedConvolution> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                              const at::Tensor& bias, std::vector<int64_t> stride, std::vector<int64_t> padding,
                              std::vector<int64_t> output_padding, std::vector<int64_t> dilation) {
        context->save_for_backward({x, weight});
        context->saved_data["stride"] = stride;
        context->saved_data["padding"] = padding;
        context->saved_data["dilation"] = dilation;
        context->saved_data["bias"] = bias.defined() && bias.requires_grad();
        return at::conv_transpose2d(x, weight, bias, stride, padding, output_padding, 1, dilation);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        auto saved = context->get_saved_variables();
        auto stride = context->saved_data["stride"].toIntVector();
        auto padding = context->saved_data["padding"].toIntVector();
        auto dilation = context->saved_data["dilation"].toIntVector();
        auto gradient = gradients[0].contiguous();
        at::Tensor of_x, of_weight, of_bias;
        if (context->needs_input_grad(0)) {
            of_x = at::conv2d(gradient, saved[1], {}, stride, padding, dilation);
        }
        if (context->needs_input_grad(1)) {
            of_weight = std::get<1>(at::convolution_backward(saved[0], gradient, saved[1], ot::nullopt, stride, padding,
                                                             dilation, false, {0, 0}, 1, {false, true, false}));
        }
        if (context->saved_data["bias"].toBool()) {
            of_bias = gradient.sum(at::IntArrayRef{0, 2, 3});
        }
        return {of_x, of_weight, of_bias, {}, {}, {}, {}};
    }
};

void prefetch(const uint8_t* bytes, int64_t count) {
    for (int64_t i = 0; i < count; i += CacheLine) {
        __builtin_prefetch(bytes + i);
    }
}

at::Tensor gather_scaled(const at::Tensor& images, const at::Tensor& indices) {
    TORCH_CHECK(images.is_contiguous() && images.scalar_type() == at::kByte && images.device().is_cpu(),
                "images must be contiguous bytes on the CPU");
    auto chosen = indices.contiguous();
    auto shape = images.sizes().vec();
    shape[0] = chosen.numel();
    auto result = at::empty(shape, images.options().dtype(at::kFloat));
    const uint8_t* bytes = images.data_ptr<uint8_t>();
    const int64_t* index = chosen.data_ptr<int64_t>();
    float* out = result.data_ptr<float>();
    int64_t count = images.size(0), width = images.numel() / std::max<int64_t>(count, 1);
    at::parallel_for(0, shape[0], Grain / std::max<int64_t>(width, 1) + 1, [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; row++) {
            TORCH_CHECK_INDEX(index[row] >= 0 && index[row] < count, "index ", index[row], " of ", count, " images");
            // Images lie anywhere in the set: the next ones are fetched while this one is scaled.
            if (row + Ahead < end && index[row + Ahead] >= 0 && index[row + Ahead] < count) {
                prefetch(bytes + index[row + Ahead] * width, width);
            }
            ot::scale_loop(bytes + index[row] * width, out + row * width, width);
        }
    });
    return result;
}

} // namespace

OT_ACTION(fused_applies, (Handle a, Handle b, int32_t* out),
          *out = plain_floats(T(a)) && plain_floats(T(b)) && T(a).dim() > 0 && T(a).sizes() == T(b).sizes())

OT_TENSOR(fused_bernoulli, (Handle logits, Handle images),
          differentiated(T(logits)) ? BernoulliFunction::apply(T(logits), T(images))
                                    : bernoulli_rows(T(logits), T(images), nullptr))
OT_TENSOR(fused_cross_entropy, (Handle logits, double target),
          differentiated(T(logits)) ? CrossEntropyFunction::apply(T(logits), target)
                                    : cross_entropy(T(logits), target, nullptr))
OT_TENSOR(fused_sigmoid, (Handle x),
          differentiated(T(x)) ? SigmoidFunction::apply(T(x)) : sigmoid_of(T(x)))
OT_TENSOR(fused_divergence, (Handle mean, Handle log_variance), DivergenceFunction::apply(T(mean), T(log_variance)))
OT_TENSOR(fused_gather, (Handle images, Handle indices), gather_scaled(T(images), T(indices)))
OT_TENSOR(fused_conv_transpose2d,
          (Handle x, Handle weight, Handle bias, Integers stride, Integers padding, Integers output_padding,
           Integers dilation),
          TransposedConvolution::apply(T(x), T(weight), ot::optional_tensor(bias), sizes(stride, 2).vec(),
                                       sizes(padding, 2).vec(), sizes(output_padding, 2).vec(),
                                       sizes(dilation, 2).vec()))
