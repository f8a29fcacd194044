// Adam whose rate and step count lie on the device, in one kernel for all parameters: nothing of a step comes from the
// host, so that a recorded step can be repeated.
#include "abi.h"

#include <vector>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
#define OT_HAS_FUSED_ADAM
#endif

namespace {

// The leading numbers of optim.cpp's AdamSettings.
struct AdamNumbers {
    double lr;
    double beta1;
    double beta2;
    double eps;
    double weight_decay;
    int32_t amsgrad;
    int32_t maximize;
    int32_t decoupled;
};

void fused_step(const AdamNumbers& s, const std::vector<at::Tensor>& parameters, const std::vector<at::Tensor>& means,
                const std::vector<at::Tensor>& squares, const at::Tensor& rate, const at::Tensor& step) {
#ifdef OT_HAS_FUSED_ADAM
    std::vector<at::Tensor> gradients;
    gradients.reserve(parameters.size());
    for (const auto& parameter : parameters) {
        gradients.push_back(parameter.grad());
    }
    std::vector<at::Tensor> steps(parameters.size(), step);
    step.add_(1);
    if (s.decoupled) {
        at::_fused_adamw_(parameters, gradients, means, squares, at::TensorList(), steps, rate, s.beta1, s.beta2,
                          s.weight_decay, s.eps, false, s.maximize != 0);
    } else {
        at::_fused_adam_(parameters, gradients, means, squares, at::TensorList(), steps, rate, s.beta1, s.beta2,
                         s.weight_decay, s.eps, false, s.maximize != 0);
    }
#else
    (void)s, (void)parameters, (void)means, (void)squares, (void)rate, (void)step;
    TORCH_CHECK(false, "libtorch has one kernel for all of Adam from version 2.3 on");
#endif
}

} // namespace

// Whether this libtorch has the kernel.
OT_API int32_t ot_adam_on_device_exists() noexcept {
#ifdef OT_HAS_FUSED_ADAM
    return 1;
#else
    return 0;
#endif
}

// Every parameter must have a gradient, and all have taken as many steps: `step`, a float32 scalar on their device, which
// is counted up. `rate` is a float32 scalar beside it and takes the place of the settings' own.
OT_ACTION(adam_step_on_device,
          (const AdamNumbers* settings, Handle* parameters, Handle* means, Handle* squares, int32_t count, Handle rate,
           Handle step),
          {
              at::NoGradGuard guard;
              fused_step(*settings, ot::tensors(parameters, count), ot::tensors(means, count), ot::tensors(squares, count),
                         T(rate), T(step));
          })
