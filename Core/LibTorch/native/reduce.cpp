// Reductions, orderings and cumulative functions. A negative count of dimensions means all of them.
#include "abi.h"

namespace {

at::OptionalIntArrayRef dims(Integers values, int32_t count) {
    return count < 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(ot::sizes(values, count));
}

void put(std::tuple<at::Tensor, at::Tensor> pair, Handle* first, Handle* second) {
    *first = ot::own(std::get<0>(std::move(pair)));
    *second = ot::own(std::get<1>(std::move(pair)));
}

} // namespace

OT_TENSOR(sum, (Handle t, int32_t dtype), at::sum(T(t), ot::maybe_dtype(dtype)))
OT_TENSOR(sum_dim, (Handle t, Integers d, int32_t n, int32_t keepdim, int32_t dtype),
          at::sum(T(t), dims(d, n), keepdim != 0, ot::maybe_dtype(dtype)))
OT_TENSOR(mean, (Handle t, int32_t dtype), at::mean(T(t), ot::maybe_dtype(dtype)))
OT_TENSOR(mean_dim, (Handle t, Integers d, int32_t n, int32_t keepdim, int32_t dtype),
          at::mean(T(t), dims(d, n), keepdim != 0, ot::maybe_dtype(dtype)))
OT_TENSOR(prod, (Handle t, int32_t dtype), at::prod(T(t), ot::maybe_dtype(dtype)))
OT_TENSOR(prod_dim, (Handle t, int64_t dim, int32_t keepdim, int32_t dtype),
          at::prod(T(t), dim, keepdim != 0, ot::maybe_dtype(dtype)))
OT_TENSOR(var, (Handle t, Integers d, int32_t n, int32_t unbiased, int32_t keepdim),
          at::var(T(t), dims(d, n), ot::Optional<int64_t>(unbiased ? 1 : 0), keepdim != 0))
OT_TENSOR(std, (Handle t, Integers d, int32_t n, int32_t unbiased, int32_t keepdim),
          at::std(T(t), dims(d, n), ot::Optional<int64_t>(unbiased ? 1 : 0), keepdim != 0))
OT_TENSOR(logsumexp, (Handle t, Integers d, int32_t n, int32_t keepdim), at::logsumexp(T(t), ot::sizes(d, n), keepdim != 0))
OT_TENSOR(norm, (Handle t, ScalarValue p), at::norm(T(t), S(p)))
OT_TENSOR(norm_dim, (Handle t, ScalarValue p, Integers d, int32_t n, int32_t keepdim),
          at::norm(T(t), ot::maybe_scalar(p), ot::sizes(d, n), keepdim != 0))
OT_TENSOR(median, (Handle t), at::median(T(t)))
OT_TENSOR(quantile, (Handle t, Handle q, int64_t dim, int32_t has_dim, int32_t keepdim),
          at::quantile(T(t), T(q), has_dim ? ot::Optional<int64_t>(dim) : ot::nullopt, keepdim != 0))

OT_TENSOR(max, (Handle t), at::max(T(t)))
OT_TENSOR(min, (Handle t), at::min(T(t)))
OT_ACTION(max_dim, (Handle t, int64_t dim, int32_t keepdim, Handle* values, Handle* indexes),
          put(at::max(T(t), dim, keepdim != 0), values, indexes))
OT_ACTION(min_dim, (Handle t, int64_t dim, int32_t keepdim, Handle* values, Handle* indexes),
          put(at::min(T(t), dim, keepdim != 0), values, indexes))
OT_TENSOR(amax, (Handle t, Integers d, int32_t n, int32_t keepdim), at::amax(T(t), ot::sizes(d, n), keepdim != 0))
OT_TENSOR(amin, (Handle t, Integers d, int32_t n, int32_t keepdim), at::amin(T(t), ot::sizes(d, n), keepdim != 0))
OT_TENSOR(argmax, (Handle t, int64_t dim, int32_t has_dim, int32_t keepdim),
          at::argmax(T(t), has_dim ? ot::Optional<int64_t>(dim) : ot::nullopt, keepdim != 0))
OT_TENSOR(argmin, (Handle t, int64_t dim, int32_t has_dim, int32_t keepdim),
          at::argmin(T(t), has_dim ? ot::Optional<int64_t>(dim) : ot::nullopt, keepdim != 0))

OT_TENSOR(all, (Handle t), at::all(T(t)))
OT_TENSOR(any, (Handle t), at::any(T(t)))
OT_TENSOR(all_dim, (Handle t, int64_t dim, int32_t keepdim), at::all(T(t), dim, keepdim != 0))
OT_TENSOR(any_dim, (Handle t, int64_t dim, int32_t keepdim), at::any(T(t), dim, keepdim != 0))
OT_TENSOR(count_nonzero, (Handle t), at::count_nonzero(T(t)))
OT_ACTION(equal, (Handle a, Handle b, int32_t* out), *out = at::equal(T(a), T(b)))
OT_ACTION(allclose, (Handle a, Handle b, double rtol, double atol, int32_t equal_nan, int32_t* out),
          *out = at::allclose(T(a), T(b), rtol, atol, equal_nan != 0))

OT_TENSOR(cumsum, (Handle t, int64_t dim, int32_t dtype), at::cumsum(T(t), dim, ot::maybe_dtype(dtype)))
OT_TENSOR(cumprod, (Handle t, int64_t dim, int32_t dtype), at::cumprod(T(t), dim, ot::maybe_dtype(dtype)))
OT_ACTION(sort, (Handle t, int64_t dim, int32_t descending, int32_t stable, Handle* values, Handle* indexes),
          put(at::sort(T(t), ot::Optional<bool>(stable != 0), dim, descending != 0), values, indexes))
OT_TENSOR(argsort, (Handle t, int64_t dim, int32_t descending), at::argsort(T(t), dim, descending != 0))
OT_ACTION(topk, (Handle t, int64_t k, int64_t dim, int32_t largest, int32_t sorted, Handle* values, Handle* indexes),
          put(at::topk(T(t), k, dim, largest != 0, sorted != 0), values, indexes))
OT_TENSOR(bincount, (Handle t, Handle weights, int64_t minlength),
          at::bincount(T(t), ot::maybe_tensor(weights), minlength))
OT_TENSOR(histc, (Handle t, int64_t bins, ScalarValue low, ScalarValue high), at::histc(T(t), bins, S(low), S(high)))
OT_ACTION(unique, (Handle t, int32_t sorted, Handle* values, Handle* inverse, Handle* counts), {
    auto result = at::_unique2(T(t), sorted != 0, true, true);
    *values = ot::own(std::get<0>(result));
    *inverse = ot::own(std::get<1>(result));
    *counts = ot::own(std::get<2>(result));
})
