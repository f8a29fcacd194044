// CUDA graphs: a sequence of kernels, recorded once and started as one. libtorch's class for them needs CUDA's own
// headers; where the build found none, everything here says so.
#ifdef ORCHESTRATOR_CUDA_HEADERS

// Before abi.h, whose macro T these headers' templates would meet.
#include <ATen/Context.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAFunctions.h>

#include <memory>
#include <mutex>

#include "abi.h"

namespace {

at::cuda::CUDAGraph& unwrap(void* graph) {
    return *static_cast<at::cuda::CUDAGraph*>(graph);
}

// A recording that failed leaves the device's generator believing that it goes on, and every later draw would fail. A
// copy of its state does not know of the recording.
void renew_generator(int32_t index) {
    auto generator = at::globalContext().defaultGenerator(at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(index)));
    std::lock_guard<std::mutex> lock(generator.mutex());
    generator.graphsafe_set_state(generator.clone());
}

} // namespace

OT_API const char* ot_graph_missing() noexcept {
    return nullptr;
}

// The thread must be on a stream of its own. Other threads may go on with what is theirs.
OT_ACTION(graph_begin, (void** out), {
    auto graph = std::make_unique<at::cuda::CUDAGraph>();
    graph->capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
    *out = graph.release();
})

OT_ACTION(graph_end, (void* graph), unwrap(graph).capture_end())

OT_ACTION(graph_replay, (void* graph), unwrap(graph).replay())

OT_API void ot_graph_free(void* graph) noexcept {
    delete static_cast<at::cuda::CUDAGraph*>(graph);
}

// After a failure between begin and end: ends the recording, whatever became of it, and frees it.
OT_ACTION(graph_abandon, (void* graph, int32_t index), {
    try {
        unwrap(graph).capture_end();
    } catch (const std::exception&) {
        // The failure that is being cleaned up after has been told already.
        renew_generator(index);
    }
    delete static_cast<at::cuda::CUDAGraph*>(graph);
})

// With 1, whatever makes the host wait for the device fails; with 0 it may.
OT_ACTION(forbid_waiting, (int32_t on),
          c10::cuda::warning_state().set_sync_debug_mode(on ? c10::cuda::SyncDebugMode::L_ERROR
                                                            : c10::cuda::SyncDebugMode::L_DISABLED))

#else

#include "abi.h"

#ifndef ORCHESTRATOR_NO_GRAPHS_BECAUSE
#define ORCHESTRATOR_NO_GRAPHS_BECAUSE "this libtorch was built without CUDA"
#endif

OT_API const char* ot_graph_missing() noexcept {
    return ORCHESTRATOR_NO_GRAPHS_BECAUSE;
}

OT_ACTION(graph_begin, (void** out), {
    *out = nullptr;
    TORCH_CHECK(false, ORCHESTRATOR_NO_GRAPHS_BECAUSE);
})

OT_ACTION(graph_end, (void*), TORCH_CHECK(false, ORCHESTRATOR_NO_GRAPHS_BECAUSE))

OT_ACTION(graph_replay, (void*), TORCH_CHECK(false, ORCHESTRATOR_NO_GRAPHS_BECAUSE))

OT_API void ot_graph_free(void*) noexcept {}

OT_ACTION(graph_abandon, (void*, int32_t), TORCH_CHECK(false, ORCHESTRATOR_NO_GRAPHS_BECAUSE))

OT_ACTION(forbid_waiting, (int32_t), TORCH_CHECK(false, ORCHESTRATOR_NO_GRAPHS_BECAUSE))

#endif
