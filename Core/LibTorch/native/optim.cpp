// Optimizer steps: one call for all parameters of a group. Every formula follows torch.optim's single-tensor path
// operation by operation, so that results are equal to PyTorch's in every bit.
#include "abi.h"
#include "vectorised.h"

#include <ATen/Parallel.h>

#include <cmath>

namespace {

struct AdamSettings {
    double lr;
    double beta1;
    double beta2;
    double eps;
    double weight_decay;
    int32_t amsgrad;
    int32_t maximize;
    int32_t decoupled; // AdamW: the weights decay by themselves, outside the gradient
    int32_t operator_by_operator; // the plain path, to compare with
};

struct SgdSettings {
    double lr;
    double momentum;
    double dampening;
    double weight_decay;
    int32_t nesterov;
    int32_t maximize;
};

struct RmsPropSettings {
    double lr;
    double alpha;
    double eps;
    double weight_decay;
    double momentum;
    int32_t centered;
    int32_t maximize;
};

struct AdadeltaSettings {
    double lr;
    double rho;
    double eps;
    double weight_decay;
    int32_t maximize;
    int32_t reserved;
};

// What an optimizer works with: the gradient with its sign and its L2 term.
at::Tensor effective_gradient(const at::Tensor& parameter, bool maximize, double weight_decay) {
    at::Tensor gradient = maximize ? parameter.grad().neg() : parameter.grad();
    return weight_decay != 0 ? gradient.add(parameter, weight_decay) : gradient;
}

// The same numbers in one pass over memory in place of eight; a test holds both to the same bits.
bool adam_in_one_pass(const AdamSettings& s, at::Tensor& p, at::Tensor& m, at::Tensor& v, int64_t step) {
    const at::Tensor& gradient = p.grad();
    for (const at::Tensor* t : {const_cast<const at::Tensor*>(&p), &gradient, const_cast<const at::Tensor*>(&m),
                                const_cast<const at::Tensor*>(&v)}) {
        if (!t->device().is_cpu() || t->scalar_type() != at::kFloat || t->layout() != at::kStrided ||
            !t->is_contiguous()) {
            return false;
        }
    }
    ot::AdamCoefficients c;
    c.decay = static_cast<float>(s.decoupled ? 1 - s.lr * s.weight_decay : 1);
    c.weight_decay = static_cast<float>(s.decoupled ? 0 : s.weight_decay);
    c.beta1 = static_cast<float>(s.beta1);
    c.one_minus_beta1 = static_cast<float>(1 - s.beta1);
    c.beta2 = static_cast<float>(s.beta2);
    c.one_minus_beta2 = static_cast<float>(1 - s.beta2);
    c.root = static_cast<float>(std::sqrt(1 - std::pow(s.beta2, static_cast<double>(step))));
    c.eps = static_cast<float>(s.eps);
    c.step = static_cast<float>(-(s.lr / (1 - std::pow(s.beta1, static_cast<double>(step)))));
    float* weights = p.data_ptr<float>();
    const float* slopes = gradient.data_ptr<float>();
    float* means = m.data_ptr<float>();
    float* squares = v.data_ptr<float>();
    at::parallel_for(0, p.numel(), 32768, [&](int64_t begin, int64_t end) {
        ot::adam_loop(c, weights + begin, slopes + begin, means + begin, squares + begin, end - begin);
    });
    // Autograd must notice the change as it does after an operator in place.
    p.unsafeGetTensorImpl()->bump_version();
    return true;
}

void adam(const AdamSettings& s, at::Tensor& p, at::Tensor& m, at::Tensor& v, Handle max_handle, int64_t step) {
    if (!s.amsgrad && !s.maximize && !s.operator_by_operator && adam_in_one_pass(s, p, m, v, step)) {
        return;
    }
    if (s.decoupled) {
        p.mul_(1 - s.lr * s.weight_decay);
    }
    auto gradient = effective_gradient(p, s.maximize != 0, s.decoupled ? 0 : s.weight_decay);
    m.mul_(s.beta1).add_(gradient, 1 - s.beta1);
    v.mul_(s.beta2).addcmul_(gradient, gradient, 1 - s.beta2);
    double correction1 = 1 - std::pow(s.beta1, static_cast<double>(step));
    double correction2 = 1 - std::pow(s.beta2, static_cast<double>(step));
    double root = std::sqrt(correction2);
    at::Tensor second = v;
    if (s.amsgrad) {
        at::Tensor& largest = M(max_handle);
        at::maximum_out(largest, largest, v);
        second = largest;
    }
    auto denominator = second.sqrt().div_(root).add_(s.eps);
    p.addcdiv_(m, denominator, -(s.lr / correction1));
}

} // namespace

// Parameters without a gradient are skipped and their step does not advance; `steps` is updated in place.
OT_ACTION(adam_step,
          (const AdamSettings* settings, Handle* parameters, Handle* means, Handle* squares, Handle* largest,
           int64_t* steps, int32_t count),
          {
              at::NoGradGuard guard;
              for (int32_t i = 0; i < count; i++) {
                  if (T(parameters[i]).grad().defined()) {
                      adam(*settings, M(parameters[i]), M(means[i]), M(squares[i]), largest ? largest[i] : nullptr,
                           ++steps[i]);
                  }
              }
          })

// `buffers` holds the momentum, null until a parameter's first step: the call fills it.
OT_ACTION(sgd_step, (const SgdSettings* s, Handle* parameters, Handle* buffers, int32_t count), {
    at::NoGradGuard guard;
    for (int32_t i = 0; i < count; i++) {
        at::Tensor& p = M(parameters[i]);
        if (!p.grad().defined()) {
            continue;
        }
        auto gradient = effective_gradient(p, s->maximize != 0, s->weight_decay);
        if (s->momentum != 0) {
            if (!buffers[i]) {
                buffers[i] = ot::own(gradient.clone());
            } else {
                M(buffers[i]).mul_(s->momentum).add_(gradient, 1 - s->dampening);
            }
            gradient = s->nesterov ? gradient.add(T(buffers[i]), s->momentum) : T(buffers[i]);
        }
        p.add_(gradient, -s->lr);
    }
})

OT_ACTION(rmsprop_step,
          (const RmsPropSettings* s, Handle* parameters, Handle* squares, Handle* buffers, Handle* averages,
           int64_t* steps, int32_t count),
          {
              at::NoGradGuard guard;
              for (int32_t i = 0; i < count; i++) {
                  at::Tensor& p = M(parameters[i]);
                  if (!p.grad().defined()) {
                      continue;
                  }
                  steps[i]++;
                  auto gradient = effective_gradient(p, s->maximize != 0, s->weight_decay);
                  at::Tensor& square = M(squares[i]);
                  square.mul_(s->alpha).addcmul_(gradient, gradient, 1 - s->alpha);
                  at::Tensor average = square;
                  if (s->centered) {
                      at::Tensor& mean = M(averages[i]);
                      mean.mul_(s->alpha).add_(gradient, 1 - s->alpha);
                      average = square.addcmul(mean, mean, -1).sqrt_();
                  } else {
                      average = square.sqrt();
                  }
                  average.add_(s->eps);
                  if (s->momentum > 0) {
                      at::Tensor& buffer = M(buffers[i]);
                      buffer.mul_(s->momentum).addcdiv_(gradient, average);
                      p.add_(buffer, -s->lr);
                  } else {
                      p.addcdiv_(gradient, average, -s->lr);
                  }
              }
          })

OT_ACTION(adadelta_step,
          (const AdadeltaSettings* s, Handle* parameters, Handle* squares, Handle* deltas, int64_t* steps, int32_t count),
          {
              at::NoGradGuard guard;
              for (int32_t i = 0; i < count; i++) {
                  at::Tensor& p = M(parameters[i]);
                  if (!p.grad().defined()) {
                      continue;
                  }
                  steps[i]++;
                  auto gradient = effective_gradient(p, s->maximize != 0, s->weight_decay);
                  at::Tensor& square = M(squares[i]);
                  at::Tensor& accumulated = M(deltas[i]);
                  square.mul_(s->rho).addcmul_(gradient, gradient, 1 - s->rho);
                  auto deviation = square.add(s->eps).sqrt_();
                  auto delta = accumulated.add(s->eps).sqrt_().div_(deviation).mul_(gradient);
                  accumulated.mul_(s->rho).addcmul_(delta, delta, 1 - s->rho);
                  p.add_(delta, -s->lr);
              }
          })

OT_ACTION(zero_grad, (const Handle* parameters, int32_t count, int32_t set_to_none), {
    for (int32_t i = 0; i < count; i++) {
        auto& gradient = T(parameters[i]).mutable_grad();
        if (!gradient.defined()) {
            continue;
        }
        if (set_to_none) {
            gradient.reset();
        } else {
            gradient.detach_();
            gradient.zero_();
        }
    }
})

// torch.nn.utils.clip_grad_norm_: the norm of the norms, then a scale that is at most one.
OT_ACTION(clip_grad_norm, (const Handle* parameters, int32_t count, double max_norm, double norm_type, double* out), {
    at::NoGradGuard guard;
    std::vector<at::Tensor> gradients;
    std::vector<at::Tensor> norms;
    for (int32_t i = 0; i < count; i++) {
        auto gradient = T(parameters[i]).grad();
        if (gradient.defined()) {
            norms.push_back(std::isinf(norm_type) ? gradient.detach().abs().max() : at::norm(gradient.detach(), norm_type));
            gradients.push_back(gradient);
        }
    }
    if (gradients.empty()) {
        *out = 0;
        return 0;
    }
    auto total = std::isinf(norm_type) ? at::stack(norms).max() : at::norm(at::stack(norms), norm_type);
    auto factor = at::clamp(max_norm / (total + 1e-6), ot::nullopt, at::Scalar(1.0));
    for (auto& gradient : gradients) {
        gradient.detach().mul_(factor.to(gradient.device()));
    }
    *out = total.item().toDouble();
})

OT_ACTION(clip_grad_value, (const Handle* parameters, int32_t count, double value), {
    at::NoGradGuard guard;
    for (int32_t i = 0; i < count; i++) {
        auto gradient = T(parameters[i]).grad();
        if (gradient.defined()) {
            gradient.detach().clamp_(-value, value);
        }
    }
})
