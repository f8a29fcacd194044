#include "abi.h"

#include <cstring>
#include <new>
#include <string>

namespace {

thread_local std::string last_message;
thread_local int32_t last_kind = 0;

void keep(int32_t kind, const char* message) noexcept {
    try {
        last_kind = kind;
        last_message = message;
    } catch (...) {
        last_kind = 5;
        last_message.clear();
    }
}

} // namespace

namespace ot {

// Kinds are mirrored by TorchErrorKind on the managed side.
void record_current_exception() noexcept {
    try {
        throw;
    } catch (const c10::OutOfMemoryError& e) {
        keep(5, e.what_without_backtrace());
    } catch (const c10::IndexError& e) {
        keep(1, e.what_without_backtrace());
    } catch (const c10::ValueError& e) {
        keep(2, e.what_without_backtrace());
    } catch (const c10::TypeError& e) {
        keep(3, e.what_without_backtrace());
    } catch (const c10::NotImplementedError& e) {
        keep(4, e.what_without_backtrace());
    } catch (const c10::Error& e) {
        const char* message = e.what_without_backtrace();
        keep(std::strstr(message, "can't allocate memory") ? 5 : 0, message);
    } catch (const std::bad_alloc& e) {
        keep(5, e.what());
    } catch (const std::exception& e) {
        keep(0, e.what());
    } catch (...) {
        keep(0, "an exception of unknown type left libtorch");
    }
}

at::Scalar scalar(ScalarValue value) {
    switch (value.kind) {
    case 0: {
        double number;
        std::memcpy(&number, &value.bits, sizeof(number));
        return at::Scalar(number);
    }
    case 2:
        return at::Scalar(value.bits != 0);
    default:
        return at::Scalar(value.bits);
    }
}

ot::Optional<at::Scalar> maybe_scalar(ScalarValue value) {
    return value.kind == 3 ? ot::Optional<at::Scalar>() : ot::Optional<at::Scalar>(scalar(value));
}

ot::Optional<double> maybe_double(ScalarValue value) {
    return value.kind == 3 ? ot::Optional<double>() : ot::Optional<double>(scalar(value).toDouble());
}

ot::Optional<at::ScalarType> maybe_dtype(int32_t dtype) {
    return dtype < 0 ? ot::Optional<at::ScalarType>()
                     : ot::Optional<at::ScalarType>(static_cast<at::ScalarType>(dtype));
}

at::Device device(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

at::TensorOptions options(TensorSpec spec) {
    at::TensorOptions result;
    if (spec.dtype >= 0) {
        result = result.dtype(static_cast<at::ScalarType>(spec.dtype));
    }
    if (spec.device >= 0) {
        result = result.device(device(spec.device, spec.device_index));
    }
    return result;
}

at::Tensor with_grad(at::Tensor result, TensorSpec spec) {
    if (spec.requires_grad) {
        result.set_requires_grad(true);
    }
    return result;
}

std::vector<at::Tensor> tensors(const Handle* handles, int32_t count) {
    std::vector<at::Tensor> result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) {
        result.push_back(tensor(handles[i]));
    }
    return result;
}

std::vector<at::Tensor> optional_tensors(const Handle* handles, int32_t count) {
    std::vector<at::Tensor> result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) {
        result.push_back(optional_tensor(handles[i]));
    }
    return result;
}

} // namespace ot

OT_API int32_t ot_error_kind() noexcept {
    return last_kind;
}

OT_API const char* ot_error_message() noexcept {
    return last_message.c_str();
}
