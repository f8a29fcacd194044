// Which CUDA device and stream this thread computes on, and with what arithmetic.
#include "abi.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <cstdlib>

namespace {

c10::impl::VirtualGuardImpl guard() {
    TORCH_CHECK(c10::impl::hasDeviceGuardImpl(at::kCUDA), "this libtorch was built without CUDA");
    return c10::impl::VirtualGuardImpl(at::kCUDA);
}

c10::Device device(int32_t index) {
    return c10::Device(at::kCUDA, static_cast<c10::DeviceIndex>(index));
}

// Memory is not filled beforehand: nothing here reads what it did not write.
void set_repeatable(bool on) {
    auto& context = at::globalContext();
    context.setDeterministicAlgorithms(on, false);
    context.setDeterministicCuDNN(on);
    context.setBenchmarkCuDNN(false);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
    context.setDeterministicFillUninitializedMemory(false);
#endif
}

} // namespace

// Whether libtorch_cuda is part of this process, whatever the machine has.
OT_API int32_t ot_cuda_is_built() noexcept {
    return c10::impl::hasDeviceGuardImpl(at::kCUDA);
}

OT_ACTION(cuda_select, (int32_t index), guard().setDevice(device(index)))

// Gives this thread a stream of its own on a device, or the device's default one again. What was queued is finished
// first, so that no work on one stream races with the other's.
OT_ACTION(cuda_use_stream, (int32_t index, int32_t own), {
    auto implementation = guard();
    at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index));
    implementation.exchangeStream(own ? implementation.getStreamFromGlobalPool(device(index))
                                      : implementation.getDefaultStream(device(index)));
})

OT_ACTION(set_tf32, (int32_t allowed), {
    at::globalContext().setAllowTF32CuBLAS(allowed != 0);
    at::globalContext().setAllowTF32CuDNN(allowed != 0);
})

OT_ACTION(get_tf32, (int32_t * out),
          *out = at::globalContext().allowTF32CuBLAS() && at::globalContext().allowTF32CuDNN())

// Algorithms that give the same bits run after run; what has none fails.
OT_ACTION(set_repeatable, (int32_t on), set_repeatable(on != 0))

// A variable of the process itself, which libraries read; one that is set stays.
OT_API int32_t ot_default_variable(const char* name, const char* value) noexcept {
    return setenv(name, value, 0);
}
