// Autocast: the layers that gain by it compute in a shorter floating-point type, parameters keep theirs.
// Before abi.h, whose macro T this header's templates would meet.
#include <ATen/autocast_mode.h>

#include "abi.h"

namespace {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
bool is_enabled(at::DeviceType device) {
    return at::autocast::is_autocast_enabled(device);
}

void enable(at::DeviceType device, at::ScalarType type) {
    at::autocast::set_autocast_dtype(device, type);
    at::autocast::set_autocast_enabled(device, true);
}

void disable(at::DeviceType device) {
    at::autocast::set_autocast_enabled(device, false);
}
#else
bool is_enabled(at::DeviceType device) {
    return device == at::kCUDA ? at::autocast::is_enabled() : at::autocast::is_cpu_enabled();
}

void enable(at::DeviceType device, at::ScalarType type) {
    if (device == at::kCUDA) {
        at::autocast::set_autocast_gpu_dtype(type);
        at::autocast::set_enabled(true);
    } else {
        at::autocast::set_autocast_cpu_dtype(type);
        at::autocast::set_cpu_enabled(true);
    }
}

void disable(at::DeviceType device) {
    if (device == at::kCUDA) {
        at::autocast::set_enabled(false);
    } else {
        at::autocast::set_cpu_enabled(false);
    }
}
#endif

} // namespace

// Regions do not nest; leaving one forgets the shortened copies of the weights that it made.
OT_ACTION(autocast_enter, (int32_t device_type, int32_t dtype), {
    auto device = static_cast<at::DeviceType>(device_type);
    TORCH_CHECK(!is_enabled(device), "an autocast region is open already");
    enable(device, static_cast<at::ScalarType>(dtype));
})

OT_ACTION(autocast_leave, (int32_t device_type), {
    disable(static_cast<at::DeviceType>(device_type));
    at::autocast::clear_cache();
})

OT_ACTION(autocast_is_enabled, (int32_t device_type, int32_t* out),
          *out = is_enabled(static_cast<at::DeviceType>(device_type)))
