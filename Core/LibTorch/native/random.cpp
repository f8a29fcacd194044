// Generators and everything that draws from them.
#include "abi.h"

#include <ATen/CPUGeneratorImpl.h>

using ot::generator;
using ot::options;
using ot::sizes;
using ot::with_grad;

namespace ot {

ot::Optional<at::Generator> generator(void* handle) {
    return handle ? ot::Optional<at::Generator>(*static_cast<at::Generator*>(handle)) : ot::nullopt;
}

} // namespace ot

namespace {

at::Generator& unwrap(void* handle) {
    return *static_cast<at::Generator*>(handle);
}

// Generators are not thread safe; libtorch's own mutex guards each.
template <class Action>
auto locked(void* handle, Action action) {
    auto& g = unwrap(handle);
    std::lock_guard<std::mutex> lock(g.mutex());
    return action(g);
}

} // namespace

OT_ACTION(generator_new, (int32_t device_type, int32_t device_index, uint64_t seed, void** out), {
    auto device = ot::device(device_type, device_index);
    auto made = device.is_cpu() ? at::detail::createCPUGenerator(seed)
                                : at::globalContext().defaultGenerator(device).clone();
    made.set_current_seed(seed);
    *out = new at::Generator(std::move(made));
})

// A handle to the process-wide generator of a device.
OT_ACTION(generator_default, (int32_t device_type, int32_t device_index, void** out),
          *out = new at::Generator(at::globalContext().defaultGenerator(ot::device(device_type, device_index))))

OT_API void ot_generator_free(void* handle) noexcept {
    delete static_cast<at::Generator*>(handle);
}

OT_ACTION(generator_manual_seed, (void* handle, uint64_t seed),
          locked(handle, [&](at::Generator& g) { g.set_current_seed(seed); }))
OT_ACTION(generator_seed, (void* handle, uint64_t* out),
          *out = locked(handle, [&](at::Generator& g) { return g.seed(); }))
OT_ACTION(generator_initial_seed, (void* handle, uint64_t* out),
          *out = locked(handle, [&](at::Generator& g) { return g.current_seed(); }))
OT_TENSOR(generator_get_state, (void* handle), locked(handle, [&](at::Generator& g) { return g.get_state(); }))
OT_ACTION(generator_set_state, (void* handle, Handle state),
          locked(handle, [&](at::Generator& g) { g.set_state(T(state)); }))

// Seeds the CPU's default generator and those of all CUDA devices.
OT_ACTION(manual_seed, (uint64_t seed), at::manual_seed(seed))

OT_TENSOR(rand, (Integers size, int32_t n, void* g, TensorSpec spec),
          with_grad(at::rand(sizes(size, n), generator(g), options(spec)), spec))
OT_TENSOR(randn, (Integers size, int32_t n, void* g, TensorSpec spec),
          with_grad(at::randn(sizes(size, n), generator(g), options(spec)), spec))
OT_TENSOR(randint, (int64_t low, int64_t high, Integers size, int32_t n, void* g, TensorSpec spec),
          with_grad(at::randint(low, high, sizes(size, n), generator(g), options(spec)), spec))
OT_TENSOR(randperm, (int64_t n, void* g, TensorSpec spec), with_grad(at::randperm(n, generator(g), options(spec)), spec))
OT_TENSOR(rand_like, (Handle t, TensorSpec spec), with_grad(at::rand_like(T(t), options(spec)), spec))
OT_TENSOR(randn_like, (Handle t, TensorSpec spec), with_grad(at::randn_like(T(t), options(spec)), spec))
OT_TENSOR(bernoulli, (Handle t, void* g), at::bernoulli(T(t), generator(g)))
OT_TENSOR(multinomial, (Handle t, int64_t samples, int32_t replacement, void* g),
          at::multinomial(T(t), samples, replacement != 0, generator(g)))
OT_TENSOR(poisson, (Handle t, void* g), at::poisson(T(t), generator(g)))
OT_TENSOR(normal, (double mean, double std, Integers size, int32_t n, void* g, TensorSpec spec),
          with_grad(at::normal(mean, std, sizes(size, n), generator(g), options(spec)), spec))

OT_ACTION(normal_, (Handle t, double mean, double std, void* g), T(t).normal_(mean, std, generator(g)))
OT_ACTION(uniform_, (Handle t, double from, double to, void* g), T(t).uniform_(from, to, generator(g)))
OT_ACTION(bernoulli_, (Handle t, double p, void* g), T(t).bernoulli_(p, generator(g)))
OT_ACTION(exponential_, (Handle t, double lambda, void* g), T(t).exponential_(lambda, generator(g)))
OT_ACTION(random_, (Handle t, int64_t from, int64_t to, void* g), T(t).random_(from, to, generator(g)))
