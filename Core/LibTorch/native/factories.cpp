// Tensors from sizes, values and foreign memory.
#include "abi.h"

using ot::options;
using ot::sizes;
using ot::with_grad;

OT_TENSOR(zeros, (Integers size, int32_t n, TensorSpec spec), with_grad(at::zeros(sizes(size, n), options(spec)), spec))
OT_TENSOR(ones, (Integers size, int32_t n, TensorSpec spec), with_grad(at::ones(sizes(size, n), options(spec)), spec))
OT_TENSOR(empty, (Integers size, int32_t n, TensorSpec spec), with_grad(at::empty(sizes(size, n), options(spec)), spec))
OT_TENSOR(full, (Integers size, int32_t n, ScalarValue value, TensorSpec spec),
          with_grad(at::full(sizes(size, n), S(value), options(spec)), spec))
OT_TENSOR(eye, (int64_t rows, int64_t columns, TensorSpec spec), with_grad(at::eye(rows, columns, options(spec)), spec))
OT_TENSOR(arange, (ScalarValue start, ScalarValue stop, ScalarValue step, TensorSpec spec),
          with_grad(at::arange(S(start), S(stop), S(step), options(spec)), spec))
OT_TENSOR(linspace, (double start, double stop, int64_t steps, TensorSpec spec),
          with_grad(at::linspace(start, stop, steps, options(spec)), spec))
OT_TENSOR(logspace, (double start, double stop, int64_t steps, double base, TensorSpec spec),
          with_grad(at::logspace(start, stop, steps, base, options(spec)), spec))

OT_TENSOR(zeros_like, (Handle t, TensorSpec spec), with_grad(at::zeros_like(T(t), options(spec)), spec))
OT_TENSOR(ones_like, (Handle t, TensorSpec spec), with_grad(at::ones_like(T(t), options(spec)), spec))
OT_TENSOR(empty_like, (Handle t, TensorSpec spec), with_grad(at::empty_like(T(t), options(spec)), spec))
OT_TENSOR(full_like, (Handle t, ScalarValue value, TensorSpec spec),
          with_grad(at::full_like(T(t), S(value), options(spec)), spec))

// A zero-dimensional tensor that holds one number.
OT_TENSOR(scalar_tensor, (ScalarValue value, TensorSpec spec), with_grad(at::scalar_tensor(S(value), options(spec)), spec))

// A tensor over memory that the caller keeps alive until `release(context)` is called.
OT_TENSOR(from_blob, (void* data, Integers size, int32_t n, int32_t dtype, void (*release)(void*), void* context),
          at::from_blob(
              data, sizes(size, n), [release, context](void*) { release(context); },
              at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))))

// A new CPU tensor with a copy of `data`: one copy, no zero fill.
OT_TENSOR(from_bytes, (const void* data, Integers size, int32_t n, int32_t dtype), [&] {
    auto result = at::empty(sizes(size, n), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    if (result.numel() != 0) {
        std::memcpy(result.data_ptr(), data, result.nbytes());
    }
    return result;
}())

OT_TENSOR(cat, (const Handle* handles, int32_t count, int64_t dim), at::cat(ot::tensors(handles, count), dim))
OT_TENSOR(stack, (const Handle* handles, int32_t count, int64_t dim), at::stack(ot::tensors(handles, count), dim))
OT_TENSOR(tril, (Handle t, int64_t diagonal), at::tril(T(t), diagonal))
OT_TENSOR(triu, (Handle t, int64_t diagonal), at::triu(T(t), diagonal))

OT_ACTION(meshgrid, (const Handle* handles, int32_t count, int32_t xy, Handle* out), {
    auto grids = at::meshgrid(ot::tensors(handles, count), xy ? "xy" : "ij");
    for (size_t i = 0; i < grids.size(); i++) {
        out[i] = ot::own(grids[i]);
    }
})
