// Views, rearrangements, indexing and gathering.
#include "abi.h"

#include <ATen/TensorIndexing.h>

using ot::sizes;

namespace {

// Slice's bounds became symbolic in libtorch 2.
#if TORCH_VERSION_MAJOR >= 2
using Bound = c10::SymInt;
#else
using Bound = int64_t;
#endif

// One entry of an index expression. Kinds are mirrored by TensorIndex on the managed side.
struct IndexEntry {
    int64_t kind; // 0 none, 1 ellipsis, 2 integer, 3 boolean, 4 slice, 5 tensor
    int64_t start;
    int64_t stop;
    int64_t step;
    int64_t given; // bit 0 start, bit 1 stop, bit 2 step
    Handle tensor;
};

at::indexing::TensorIndex entry(const IndexEntry& e) {
    using namespace at::indexing;
    switch (e.kind) {
    case 0:
        return TensorIndex(at::indexing::None);
    case 1:
        return TensorIndex(at::indexing::Ellipsis);
    case 2:
        return TensorIndex(e.start);
    case 3:
        return TensorIndex(e.start != 0);
    case 4: {
        auto part = [&e](int bit, int64_t value) {
            return (e.given >> bit) & 1 ? ot::Optional<Bound>(value) : ot::Optional<Bound>();
        };
        return TensorIndex(Slice(part(0, e.start), part(1, e.stop), part(2, e.step)));
    }
    default:
        return TensorIndex(T(e.tensor));
    }
}

std::vector<at::indexing::TensorIndex> entries(const IndexEntry* list, int32_t count) {
    std::vector<at::indexing::TensorIndex> result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) {
        result.push_back(entry(list[i]));
    }
    return result;
}

void put(std::vector<at::Tensor> parts, Handle* out) {
    for (size_t i = 0; i < parts.size(); i++) {
        out[i] = ot::own(std::move(parts[i]));
    }
}

} // namespace

OT_TENSOR(index, (Handle t, const IndexEntry* list, int32_t count), T(t).index(entries(list, count)))
OT_ACTION(index_put_, (Handle t, const IndexEntry* list, int32_t count, Handle value),
          M(t).index_put_(entries(list, count), T(value)))
OT_ACTION(index_fill_at_, (Handle t, const IndexEntry* list, int32_t count, ScalarValue value),
          M(t).index_put_(entries(list, count), S(value)))

OT_TENSOR(view, (Handle t, Integers s, int32_t n), T(t).view(sizes(s, n)))
OT_TENSOR(view_as, (Handle t, Handle other), T(t).view_as(T(other)))
OT_TENSOR(reshape, (Handle t, Integers s, int32_t n), at::reshape(T(t), sizes(s, n)))
OT_TENSOR(flatten, (Handle t, int64_t start, int64_t end), at::flatten(T(t), start, end))
OT_TENSOR(unflatten, (Handle t, int64_t dim, Integers s, int32_t n), T(t).unflatten(dim, sizes(s, n)))
OT_TENSOR(unsqueeze, (Handle t, int64_t dim), at::unsqueeze(T(t), dim))
OT_TENSOR(squeeze, (Handle t), at::squeeze(T(t)))
OT_TENSOR(squeeze_dim, (Handle t, int64_t dim), at::squeeze(T(t), dim))
OT_TENSOR(permute, (Handle t, Integers d, int32_t n), at::permute(T(t), sizes(d, n)))
OT_TENSOR(transpose, (Handle t, int64_t a, int64_t b), at::transpose(T(t), a, b))
OT_TENSOR(t, (Handle t), at::t(T(t)))
OT_TENSOR(expand, (Handle t, Integers s, int32_t n), T(t).expand(sizes(s, n)))
OT_TENSOR(broadcast_to, (Handle t, Integers s, int32_t n), at::broadcast_to(T(t), sizes(s, n)))
OT_TENSOR(repeat, (Handle t, Integers s, int32_t n), T(t).repeat(sizes(s, n)))
OT_TENSOR(tile, (Handle t, Integers s, int32_t n), at::tile(T(t), sizes(s, n)))
OT_TENSOR(repeat_interleave, (Handle t, int64_t repeats, int64_t dim, int32_t has_dim),
          at::repeat_interleave(T(t), repeats, has_dim ? ot::Optional<int64_t>(dim) : ot::nullopt))
OT_TENSOR(narrow, (Handle t, int64_t dim, int64_t start, int64_t length), at::narrow(T(t), dim, start, length))
OT_TENSOR(select, (Handle t, int64_t dim, int64_t index), at::select(T(t), dim, index))
OT_TENSOR(slice, (Handle t, int64_t dim, int64_t start, int64_t finish, int64_t step),
          at::slice(T(t), dim, start, finish, step))
OT_TENSOR(flip, (Handle t, Integers d, int32_t n), at::flip(T(t), sizes(d, n)))
OT_TENSOR(roll, (Handle t, Integers shifts, int32_t n, Integers d, int32_t m), at::roll(T(t), sizes(shifts, n), sizes(d, m)))
OT_TENSOR(diag, (Handle t, int64_t diagonal), at::diag(T(t), diagonal))
OT_TENSOR(diagonal, (Handle t, int64_t offset, int64_t a, int64_t b), at::diagonal(T(t), offset, a, b))
OT_TENSOR(unfold, (Handle t, int64_t dim, int64_t size, int64_t step), T(t).unfold(dim, size, step))

// The caller asks for the count first, then passes room for that many handles.
OT_ACTION(chunk, (Handle t, int64_t chunks, int64_t dim, Handle* out, int32_t capacity, int32_t* count), {
    auto parts = at::chunk(T(t), chunks, dim);
    *count = static_cast<int32_t>(parts.size());
    if (*count <= capacity) {
        put(std::move(parts), out);
    }
})
OT_ACTION(split, (Handle t, int64_t size, int64_t dim, Handle* out, int32_t capacity, int32_t* count), {
    auto parts = at::split(T(t), size, dim);
    *count = static_cast<int32_t>(parts.size());
    if (*count <= capacity) {
        put(std::move(parts), out);
    }
})
OT_ACTION(split_sizes, (Handle t, Integers s, int32_t n, int64_t dim, Handle* out),
          put(at::split_with_sizes(T(t), sizes(s, n), dim), out))
OT_ACTION(unbind, (Handle t, int64_t dim, Handle* out), put(at::unbind(T(t), dim), out))

OT_TENSOR(index_select, (Handle t, int64_t dim, Handle index), at::index_select(T(t), dim, T(index)))
OT_TENSOR(index_add, (Handle t, int64_t dim, Handle index, Handle source, ScalarValue alpha),
          at::index_add(T(t), dim, T(index), T(source), S(alpha)))
OT_ACTION(index_add_, (Handle t, int64_t dim, Handle index, Handle source, ScalarValue alpha),
          M(t).index_add_(dim, T(index), T(source), S(alpha)))
OT_ACTION(index_copy_, (Handle t, int64_t dim, Handle index, Handle source), M(t).index_copy_(dim, T(index), T(source)))
OT_TENSOR(gather, (Handle t, int64_t dim, Handle index), at::gather(T(t), dim, T(index)))
OT_TENSOR(take, (Handle t, Handle index), at::take(T(t), T(index)))
OT_TENSOR(scatter, (Handle t, int64_t dim, Handle index, Handle source), at::scatter(T(t), dim, T(index), T(source)))
OT_ACTION(scatter_, (Handle t, int64_t dim, Handle index, Handle source), M(t).scatter_(dim, T(index), T(source)))
OT_ACTION(scatter_value_, (Handle t, int64_t dim, Handle index, ScalarValue value),
          M(t).scatter_(dim, T(index), S(value)))
OT_TENSOR(scatter_add, (Handle t, int64_t dim, Handle index, Handle source),
          at::scatter_add(T(t), dim, T(index), T(source)))
OT_ACTION(scatter_add_, (Handle t, int64_t dim, Handle index, Handle source), M(t).scatter_add_(dim, T(index), T(source)))
OT_TENSOR(masked_select, (Handle t, Handle mask), at::masked_select(T(t), T(mask)))
OT_TENSOR(nonzero, (Handle t), at::nonzero(T(t)))
OT_TENSOR(searchsorted, (Handle sorted, Handle values, int32_t right),
          at::searchsorted(T(sorted), T(values), false, right != 0))
