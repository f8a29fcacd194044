// Facts about the libtorch that was loaded, its threads and its devices.
#include "abi.h"
#include "step_allocator.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>
#include <malloc.h>

#include <cstring>
#include <string>

namespace {

// Copies as much as fits and returns the full length, so that the caller can come back with enough room.
int32_t copy_out(const std::string& text, char* buffer, int32_t capacity) {
    if (capacity > 0) {
        auto length = std::min<size_t>(text.size(), static_cast<size_t>(capacity));
        std::memcpy(buffer, text.data(), length);
    }
    return static_cast<int32_t>(text.size());
}

std::string library_path() {
    Dl_info info;
    void* symbol = reinterpret_cast<void*>(static_cast<int (*)()>(&at::get_num_threads));
    return dladdr(symbol, &info) && info.dli_fname ? info.dli_fname : "";
}

// A function of the BLAS that is loaded already, or null.
void* blas_symbol(const char* symbol) {
    for (const char* name : {"libblas.so.3", "libopenblas.so.0"}) {
        void* library = dlopen(name, RTLD_LAZY | RTLD_NOLOAD);
        if (!library) {
            continue;
        }
        void* found = dlsym(library, symbol);
        // Not loaded by this: what is open stays open.
        dlclose(library);
        if (found) {
            return found;
        }
    }
    return nullptr;
}

// Which file answers sgemm, and what OpenBLAS says of itself. RTLD_NOLOAD asks only about what is loaded already.
std::string blas() {
    std::string text;
    for (const char* name : {"libblas.so.3", "libopenblas.so.0", "libmkl_rt.so.2"}) {
        void* library = dlopen(name, RTLD_LAZY | RTLD_NOLOAD);
        if (!library) {
            continue;
        }
        Dl_info info;
        void* sgemm = dlsym(library, "sgemm_");
        if (text.empty() && sgemm && dladdr(sgemm, &info) && info.dli_fname) {
            text = info.dli_fname;
        }
        if (auto config = reinterpret_cast<char* (*)()>(dlsym(library, "openblas_get_config"))) {
            text += std::string("; ") + config();
            dlclose(library);
            break;
        }
        dlclose(library);
    }
    return text;
}

std::string fact(int32_t which) {
    switch (which) {
    case 0:
        return TORCH_VERSION;
    case 1:
        return at::get_parallel_info();
    case 2:
        return at::show_config();
    case 3:
        return library_path();
    case 4:
        return at::get_cxx_flags();
    case 5:
        return blas();
    default:
        return "";
    }
}

} // namespace

// Which: 0 version, 1 threads, 2 build, 3 path of libtorch_cpu, 4 compiler flags, 5 BLAS. Returns the length, or -1.
OT_API int32_t ot_runtime_text(int32_t which, char* buffer, int32_t capacity) noexcept {
    try {
        return copy_out(fact(which), buffer, capacity);
    } catch (...) {
        ot::record_current_exception();
        return -1;
    }
}

OT_ACTION(set_num_threads, (int32_t count), at::set_num_threads(count))
// OpenBLAS's own threads are not ATen's. Nothing happens where another library multiplies.
OT_API void ot_set_blas_threads(int32_t count) noexcept {
    if (auto set = reinterpret_cast<void (*)(int)>(blas_symbol("openblas_set_num_threads"))) {
        set(count);
    }
}
// Threads of OpenBLAS, or 0 where another library multiplies.
OT_API int32_t ot_blas_threads() noexcept {
    auto get = reinterpret_cast<int (*)()>(blas_symbol("openblas_get_num_threads"));
    return get ? get() : 0;
}
OT_ACTION(get_num_threads, (int32_t * out), *out = at::get_num_threads())
OT_ACTION(set_num_interop_threads, (int32_t count), at::set_num_interop_threads(count))
OT_ACTION(get_num_interop_threads, (int32_t * out), *out = at::get_num_interop_threads())
OT_ACTION(set_default_dtype, (int32_t dtype),
          c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(dtype))))
OT_API int32_t ot_get_default_dtype() noexcept {
    return static_cast<int32_t>(c10::typeMetaToScalarType(c10::get_default_dtype()));
}
OT_ACTION(set_flush_denormal, (int32_t mode, int32_t* out), *out = at::globalContext().setFlushDenormal(mode != 0))
OT_ACTION(set_deterministic, (int32_t mode, int32_t warn_only),
          at::globalContext().setDeterministicAlgorithms(mode != 0, warn_only != 0))
OT_ACTION(get_deterministic, (int32_t * out), *out = at::globalContext().deterministicAlgorithms())

OT_ACTION(cuda_device_count, (int32_t * out),
          *out = c10::impl::hasDeviceGuardImpl(at::kCUDA) ? c10::impl::VirtualGuardImpl(at::kCUDA).deviceCount() : 0)
OT_ACTION(cuda_has_cudnn, (int32_t * out),
          *out = at::globalContext().hasCUDA() && at::detail::getCUDAHooks().hasCuDNN())
// A negative index means the current device.
OT_ACTION(cuda_synchronize, (int32_t index), {
    auto device = index >= 0 ? index : c10::impl::VirtualGuardImpl(at::kCUDA).getDevice().index();
    at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(device));
})

// Bytes in use on the C heap and in the large blocks beside it, whoever asked for them.
OT_API int64_t ot_native_heap_bytes() noexcept {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
    auto info = mallinfo2();
    return static_cast<int64_t>(info.uordblks + info.hblkhd) + ot::large_block_bytes();
#else
    return ot::large_block_bytes();
#endif
}

// Freed memory stays with the process up to a bound: a step frees and asks for the same megabytes again, and the kernel
// would clear each page anew. One arena for all threads keeps it in one place. Returns 0 where the C library cannot.
OT_API int32_t ot_keep_freed_memory(int32_t megabytes) noexcept {
#if defined(__GLIBC__)
    return mallopt(M_MMAP_THRESHOLD, 32 << 20) && mallopt(M_TRIM_THRESHOLD, megabytes << 20) && mallopt(M_ARENA_MAX, 1);
#else
    return megabytes < 0;
#endif
}

// Gives every page that holds nothing back to the kernel. Returns 0 when there was none.
OT_API int32_t ot_release_freed_memory() noexcept {
    bool any = ot::release_large_blocks();
#if defined(__GLIBC__)
    return malloc_trim(0) || any;
#else
    return any;
#endif
}
