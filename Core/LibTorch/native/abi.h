// The C ABI's common ground: handles, values, and the wall that no exception passes.
//
// A tensor's handle is the address of its c10::TensorImpl. A handle that is returned carries one reference, which the
// caller gives back with ot_tensor_free; a handle that is passed in is borrowed for the length of the call. at::Tensor
// is exactly one such pointer (asserted below), so borrowing costs neither an allocation nor a reference count.
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#if __has_include(<torch/headeronly/version.h>)
#include <torch/headeronly/version.h>
#else
#include <torch/csrc/api/include/torch/version.h>
#endif

#include <cstdint>
#include <vector>

#define OT_API extern "C" __attribute__((visibility("default")))

using Handle = c10::TensorImpl*;
using Integers = const int64_t*;

static_assert(sizeof(at::Tensor) == sizeof(Handle), "at::Tensor must be a single pointer");

// A number with its kind, so that integers and booleans keep their type promotion.
struct ScalarValue {
    int64_t bits;
    int64_t kind; // 0 double, 1 integer, 2 boolean, 3 absent
};

// dtype and device of a tensor to be made; -1 leaves the default.
struct TensorSpec {
    int32_t dtype;
    int32_t device;
    int32_t device_index;
    int32_t requires_grad;
};

namespace ot {

// libtorch's optional became the standard's during version 2 and lost its own name later.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
template <class Value>
using Optional = std::optional<Value>;
using std::nullopt;
#else
template <class Value>
using Optional = c10::optional<Value>;
using c10::nullopt;
#endif

// Keeps the message of the exception in flight for this thread's ot_error_* calls.
void record_current_exception() noexcept;

inline const at::Tensor& tensor(const Handle& handle) {
    return reinterpret_cast<const at::Tensor&>(handle);
}

inline at::Tensor& mutable_tensor(Handle& handle) {
    return reinterpret_cast<at::Tensor&>(handle);
}

inline at::Tensor optional_tensor(Handle handle) {
    return handle ? tensor(handle) : at::Tensor();
}

inline ot::Optional<at::Tensor> maybe_tensor(Handle handle) {
    return handle ? ot::Optional<at::Tensor>(tensor(handle)) : ot::nullopt;
}

inline Handle own(at::Tensor result) {
    return result.defined() ? result.unsafeReleaseTensorImpl() : nullptr;
}

inline at::IntArrayRef sizes(Integers values, int32_t count) {
    return at::IntArrayRef(values, static_cast<size_t>(count));
}

at::Scalar scalar(ScalarValue value);
ot::Optional<at::Scalar> maybe_scalar(ScalarValue value);
ot::Optional<at::ScalarType> maybe_dtype(int32_t dtype);
ot::Optional<double> maybe_double(ScalarValue value);
at::Device device(int32_t type, int32_t index);
at::TensorOptions options(TensorSpec spec);
at::Tensor with_grad(at::Tensor result, TensorSpec spec);
std::vector<at::Tensor> tensors(const Handle* handles, int32_t count);
// Empty handles become undefined tensors.
std::vector<at::Tensor> optional_tensors(const Handle* handles, int32_t count);
// nullopt for a null handle, which means the device's default generator.
ot::Optional<at::Generator> generator(void* handle);

} // namespace ot

#define T(handle) ot::tensor(handle)
#define M(handle) ot::mutable_tensor(handle)
#define S(value) ot::scalar(value)

// A function that returns a new tensor; null tells the caller to ask for the error.
#define OT_TENSOR(name, parameters, ...)                     \
    OT_API Handle ot_##name parameters noexcept {            \
        try {                                                \
            return ot::own(__VA_ARGS__);                     \
        } catch (...) {                                      \
            ot::record_current_exception();                  \
            return nullptr;                                  \
        }                                                    \
    }

// A function that changes its arguments or fills outputs; 0 is success.
#define OT_ACTION(name, parameters, ...)                     \
    OT_API int32_t ot_##name parameters noexcept {           \
        try {                                                \
            __VA_ARGS__;                                     \
            return 0;                                        \
        } catch (...) {                                      \
            ot::record_current_exception();                  \
            return 1;                                        \
        }                                                    \
    }
