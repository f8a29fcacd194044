// What the NVIDIA driver says of itself, asked of its own library: no CUDA header is needed, and a machine without the
// driver gets a sentence rather than a failure to load.
#include "abi.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace {

constexpr int32_t MajorAttribute = 75, MinorAttribute = 76;

template <class Function>
Function symbol(void* library, const char* name) {
    return reinterpret_cast<Function>(dlsym(library, name));
}

struct Driver {
    void* library = dlopen("libcuda.so.1", RTLD_LAZY);
    std::string failure;
    int (*device)(int*, int) = nullptr;
    int (*name)(char*, int, int) = nullptr;
    int (*attribute)(int*, int, int) = nullptr;
    int (*total)(size_t*, int) = nullptr;
    int (*memory)(size_t*, size_t*) = nullptr;
    int (*version)(int*) = nullptr;

    Driver() {
        if (!library) {
            failure = "the NVIDIA driver's library libcuda.so.1 is not on this machine";
            return;
        }
        auto init = symbol<int (*)(unsigned)>(library, "cuInit");
        device = symbol<int (*)(int*, int)>(library, "cuDeviceGet");
        name = symbol<int (*)(char*, int, int)>(library, "cuDeviceGetName");
        attribute = symbol<int (*)(int*, int, int)>(library, "cuDeviceGetAttribute");
        total = symbol<int (*)(size_t*, int)>(library, "cuDeviceTotalMem_v2");
        memory = symbol<int (*)(size_t*, size_t*)>(library, "cuMemGetInfo_v2");
        version = symbol<int (*)(int*)>(library, "cuDriverGetVersion");
        if (!init || !device || !name || !attribute || !total || !memory || !version) {
            failure = "libcuda.so.1 is not a usable NVIDIA driver library";
        } else if (int code = init(0)) {
            failure = "the NVIDIA driver does not start: " + message(code);
        }
    }

    std::string message(int code) const {
        const char* text = nullptr;
        auto describe = symbol<int (*)(int, const char**)>(library, "cuGetErrorString");
        if (describe && describe(code, &text) == 0 && text) {
            return text;
        }
        return "error " + std::to_string(code);
    }
};

const Driver& driver() {
    static const Driver loaded;
    return loaded;
}

int handle_of(int32_t index) {
    int found = -1;
    TORCH_CHECK(driver().failure.empty(), driver().failure);
    TORCH_CHECK(driver().device(&found, index) == 0, "the NVIDIA driver knows no device ", index);
    return found;
}

std::string device_name(int32_t index) {
    char text[256] = {};
    TORCH_CHECK(driver().name(text, sizeof(text), handle_of(index)) == 0, "device ", index, " has no name");
    return text;
}

std::string capability(int32_t index) {
    int major = 0, minor = 0, handle = handle_of(index);
    driver().attribute(&major, MajorAttribute, handle);
    driver().attribute(&minor, MinorAttribute, handle);
    return std::to_string(major) + "." + std::to_string(minor);
}

std::string driver_version() {
    int number = 0;
    if (!driver().failure.empty() || driver().version(&number) != 0) {
        return "";
    }
    return std::to_string(number / 1000) + "." + std::to_string(number % 1000 / 10);
}

std::string fact(int32_t which, int32_t index) {
    switch (which) {
    case 0:
        return driver().failure;
    case 1:
        return driver_version();
    case 2:
        return device_name(index);
    case 3:
        return capability(index);
    default:
        return "";
    }
}

} // namespace

// Which: 0 why the driver cannot be used (empty when it can), 1 the CUDA version it serves, 2 a device's name, 3 its
// compute capability. Returns the length, or -1.
OT_API int32_t ot_driver_text(int32_t which, int32_t index, char* buffer, int32_t capacity) noexcept {
    try {
        auto text = fact(which, index);
        if (capacity > 0) {
            std::memcpy(buffer, text.data(), std::min(text.size(), static_cast<size_t>(capacity)));
        }
        return static_cast<int32_t>(text.size());
    } catch (...) {
        ot::record_current_exception();
        return -1;
    }
}

OT_ACTION(driver_total_memory, (int32_t index, int64_t* out), {
    size_t bytes = 0;
    TORCH_CHECK(driver().total(&bytes, handle_of(index)) == 0, "device ", index, " does not say how much memory it has");
    *out = static_cast<int64_t>(bytes);
})

// Free bytes of the device that this thread computes on; it must have been used before.
OT_ACTION(driver_free_memory, (int64_t * out), {
    size_t free_bytes = 0, total = 0;
    TORCH_CHECK(driver().failure.empty(), driver().failure);
    int code = driver().memory(&free_bytes, &total);
    TORCH_CHECK(code == 0, "the free device memory is not known: ", driver().message(code));
    *out = static_cast<int64_t>(free_bytes);
})
