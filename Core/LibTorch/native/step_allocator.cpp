// CPU memory of tensors. A training step asks for the same large blocks as the step before, so a freed one waits for a
// request of its size. From the C heap, whatever small comes in between is cut out of a freed large block, which then no
// longer fits: a step of the larger networks held twice the memory that its tensors ever needed at once.
#include "step_allocator.h"

#include "abi.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#if defined(__linux__)
#include <sys/mman.h>

#include <algorithm>
#include <list>
#include <mutex>

namespace {

constexpr size_t Page = 4096;
// Smaller ones are the C heap's business.
constexpr size_t Large = 256 << 10;
// What waits may add this part of the most that was in use, and so many bytes, before the oldest is given back.
constexpr size_t SpareFraction = 4;
constexpr size_t SpareBytes = 16 << 20;
// Blocks that all began at the same place of a page would compete for the same lines of the caches.
constexpr size_t Stagger = 320;
constexpr size_t Places = 8;

// Stands before the data, in a cache line of its own: oneDNN frees by the address alone.
struct alignas(64) Header {
    size_t bytes;  // mapped; 0 where the data come from the C heap
    size_t offset; // of the header within them

    static Header& of(void* data) { return static_cast<Header*>(data)[-1]; }
    void* data() { return this + 1; }
};

// Large blocks, in use and waiting.
class Blocks {
public:
    // Null when the system has no memory left.
    void* take(size_t size) {
        size_t bytes = (size + sizeof(Header) + Stagger * Places + Page - 1) / Page * Page;
        std::lock_guard<std::mutex> guard(lock_);
        Header* block = take_waiting(bytes);
        if (!block) {
            make_room(bytes);
            block = map(bytes);
        }
        if (!block) {
            unmap_all();
            block = map(bytes);
        }
        if (!block) {
            return nullptr;
        }
        in_use_ += bytes;
        most_in_use_ = std::max(most_in_use_, in_use_);
        return block->data();
    }

    void give_back(Header& block) {
        std::lock_guard<std::mutex> guard(lock_);
        in_use_ -= block.bytes;
        waiting_bytes_ += block.bytes;
        waiting_.push_back(&block);
    }

    // Everything that waits goes to the system: the next stage may need other amounts.
    bool release() {
        std::lock_guard<std::mutex> guard(lock_);
        bool any = !waiting_.empty();
        unmap_all();
        most_in_use_ = in_use_;
        return any;
    }

    int64_t in_use() {
        std::lock_guard<std::mutex> guard(lock_);
        return static_cast<int64_t>(in_use_);
    }

private:
    // The last of that size to be freed: the caches may still hold it.
    Header* take_waiting(size_t bytes) {
        auto found = std::find_if(waiting_.rbegin(), waiting_.rend(), [&](Header* block) { return block->bytes == bytes; });
        if (found == waiting_.rend()) {
            return nullptr;
        }
        Header* block = *found;
        waiting_.erase(std::next(found).base());
        waiting_bytes_ -= bytes;
        return block;
    }

    void make_room(size_t bytes) {
        size_t most = std::max(most_in_use_, in_use_ + bytes);
        while (!waiting_.empty() && in_use_ + waiting_bytes_ + bytes > most + most / SpareFraction + SpareBytes) {
            unmap_oldest();
        }
    }

    Header* map(size_t bytes) {
        void* start = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (start == MAP_FAILED) {
            return nullptr;
        }
        size_t offset = made_++ % Places * Stagger;
        auto* block = reinterpret_cast<Header*>(static_cast<char*>(start) + offset);
        *block = Header{bytes, offset};
        return block;
    }

    void unmap_all() {
        while (!waiting_.empty()) {
            unmap_oldest();
        }
    }

    void unmap_oldest() {
        Header* block = waiting_.front();
        waiting_.pop_front();
        waiting_bytes_ -= block->bytes;
        munmap(reinterpret_cast<char*>(block) - block->offset, block->bytes);
    }

    std::mutex lock_;
    std::list<Header*> waiting_; // the oldest first
    size_t in_use_ = 0, most_in_use_ = 0, waiting_bytes_ = 0, made_ = 0;
};

// Tensors may outlive every destructor of a process that ends.
Blocks& blocks() {
    static auto* all = new Blocks;
    return *all;
}

// Libtorch's own, for the small ones.
at::Allocator* heap = nullptr;

void* take(size_t size) {
    if (size >= Large) {
        void* data = blocks().take(size);
        // The words by which a lack of memory is known, wherever it comes from.
        TORCH_CHECK(data, "DefaultCPUAllocator: can't allocate memory: you tried to allocate ", size, " bytes.");
        return data;
    }
    auto* block = static_cast<Header*>(heap->raw_allocate(size + sizeof(Header)));
    *block = Header{0, 0};
    return block->data();
}

void give_back(void* data) {
    if (!data) {
        return;
    }
    auto& header = Header::of(data);
    if (header.bytes) {
        blocks().give_back(header);
    } else {
        heap->raw_deallocate(&header);
    }
}

struct StepAllocator final : at::Allocator {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
    at::DataPtr allocate(size_t size) override { return block(size); }

    void copy_data(void* to, const void* from, size_t count) const override { default_copy_data(to, from, count); }
#else
    at::DataPtr allocate(size_t size) const override { return block(size); }
#endif

    at::DeleterFnPtr raw_deleter() const override { return &give_back; }

private:
    static at::DataPtr block(size_t size) {
        void* data = size > 0 ? take(size) : nullptr;
        return {data, data, &give_back, at::Device(at::kCPU)};
    }
};

// When this library is loaded, before it has made a tensor: oneDNN frees by whatever allocator is set at that moment, so what
// it asked for before must not be left.
const bool installed = [] {
    heap = c10::GetCPUAllocator();
    c10::SetCPUAllocator(new StepAllocator, 1);
    return c10::GetCPUAllocator() != heap;
}();

} // namespace
#endif

// Whether CPU tensors take their memory here.
OT_API int32_t ot_keeps_large_blocks() noexcept {
#if defined(__linux__)
    return installed;
#else
    return 0;
#endif
}

namespace ot {

int64_t large_block_bytes() {
#if defined(__linux__)
    return blocks().in_use();
#else
    return 0;
#endif
}

bool release_large_blocks() {
#if defined(__linux__)
    return blocks().release();
#else
    return false;
#endif
}

} // namespace ot
