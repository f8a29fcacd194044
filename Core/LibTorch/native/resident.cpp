// Pages of libraries that only loading them touched.
#include "abi.h"

#if defined(__linux__)
#include <sys/mman.h>

#include <cstdio>
#include <cstring>
#endif

namespace {

#if defined(__linux__)
// One entry of /proc/self/smaps as far as it matters here.
struct Mapping {
    uintptr_t begin = 0, end = 0;
    bool of_library = false;

    // A library's code or constants, mapped from its file and not to be written.
    static Mapping parse(const char* line) {
        Mapping mapping;
        char permissions[5] = {}, path[4096] = {};
        unsigned long begin, end;
        if (std::sscanf(line, "%lx-%lx %4s %*s %*s %*s %4095[^\n]", &begin, &end, permissions, path) == 4) {
            mapping.begin = begin;
            mapping.end = end;
            mapping.of_library = permissions[1] == '-' && permissions[3] == 'p' && path[0] == '/' && std::strstr(path, ".so");
        }
        return mapping;
    }
};
#endif

} // namespace

// Loading resolves names and relocations in every library that libtorch needs, and the pages that it reads count to this
// process from then on. They are let go here; what is used later comes back from the page cache. A mapping with a page of
// its own (a runtime patches its code) keeps all. Returns how many mappings were let go.
OT_API int32_t ot_release_loading_pages() noexcept {
    int32_t released = 0;
#if defined(__linux__)
    std::FILE* file = std::fopen("/proc/self/smaps", "re");
    if (!file) {
        return 0;
    }
    char line[8192];
    Mapping mapping;
    while (std::fgets(line, sizeof line, file)) {
        unsigned long kilobytes;
        if (std::sscanf(line, "Anonymous: %lu kB", &kilobytes) == 1) {
            if (mapping.of_library && kilobytes == 0) {
                released += madvise(reinterpret_cast<void*>(mapping.begin), mapping.end - mapping.begin, MADV_DONTNEED) == 0;
            }
            mapping = {};
        } else if (auto parsed = Mapping::parse(line); parsed.end != 0) {
            mapping = parsed;
        }
    }
    std::fclose(file);
#endif
    return released;
}
