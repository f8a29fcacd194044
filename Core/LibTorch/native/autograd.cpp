// Gradients and the thread's modes.
#include "abi.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>

OT_ACTION(backward,
          (const Handle* outputs, int32_t count, const Handle* gradients, int32_t gradient_count, int32_t retain_graph,
           int32_t create_graph, const Handle* inputs, int32_t input_count),
          torch::autograd::backward(
              ot::tensors(outputs, count), ot::optional_tensors(gradients, gradient_count),
              ot::Optional<bool>(retain_graph != 0 || create_graph != 0), create_graph != 0,
              ot::tensors(inputs, input_count)))

// Entries without a gradient (allow_unused) come back as null.
OT_ACTION(autograd_grad,
          (const Handle* outputs, int32_t count, const Handle* inputs, int32_t input_count, const Handle* gradients,
           int32_t gradient_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Handle* out),
          {
              auto result = torch::autograd::grad(
                  ot::tensors(outputs, count), ot::tensors(inputs, input_count),
                  ot::optional_tensors(gradients, gradient_count),
                  ot::Optional<bool>(retain_graph != 0 || create_graph != 0), create_graph != 0, allow_unused != 0);
              for (size_t i = 0; i < result.size(); i++) {
                  out[i] = ot::own(result[i]);
              }
          })

OT_API int32_t ot_grad_mode_enabled() noexcept {
    return at::GradMode::is_enabled();
}

OT_API void ot_set_grad_mode(int32_t enabled) noexcept {
    at::GradMode::set_enabled(enabled != 0);
}

OT_ACTION(inference_mode_enter, (int32_t enabled, void** out), *out = new c10::InferenceMode(enabled != 0))

OT_API void ot_inference_mode_leave(void* guard) noexcept {
    delete static_cast<c10::InferenceMode*>(guard);
}

OT_API int32_t ot_inference_mode_enabled() noexcept {
    return c10::InferenceMode::is_enabled();
}

OT_API int32_t ot_anomaly_enabled() noexcept {
    return torch::autograd::AnomalyMode::is_enabled();
}

OT_API int32_t ot_anomaly_check_nan() noexcept {
    return torch::autograd::AnomalyMode::should_check_nan();
}

OT_API void ot_set_anomaly(int32_t enabled, int32_t check_nan) noexcept {
    torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0);
}
