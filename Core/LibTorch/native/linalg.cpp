// Products, distances and decompositions.
#include "abi.h"

OT_TENSOR(matmul, (Handle a, Handle b), at::matmul(T(a), T(b)))
OT_TENSOR(mm, (Handle a, Handle b), at::mm(T(a), T(b)))
OT_TENSOR(bmm, (Handle a, Handle b), at::bmm(T(a), T(b)))
OT_TENSOR(mv, (Handle a, Handle b), at::mv(T(a), T(b)))
OT_TENSOR(dot, (Handle a, Handle b), at::dot(T(a), T(b)))
OT_TENSOR(outer, (Handle a, Handle b), at::outer(T(a), T(b)))
OT_TENSOR(addmm, (Handle a, Handle b, Handle c, ScalarValue beta, ScalarValue alpha),
          at::addmm(T(a), T(b), T(c), S(beta), S(alpha)))
OT_TENSOR(baddbmm, (Handle a, Handle b, Handle c, ScalarValue beta, ScalarValue alpha),
          at::baddbmm(T(a), T(b), T(c), S(beta), S(alpha)))
OT_TENSOR(cdist, (Handle a, Handle b, double p), at::cdist(T(a), T(b), p))
OT_TENSOR(trace, (Handle t), at::trace(T(t)))

OT_TENSOR(cholesky, (Handle t), at::linalg_cholesky(T(t)))
OT_TENSOR(inv, (Handle t), at::linalg_inv(T(t)))
OT_TENSOR(pinv, (Handle t), at::linalg_pinv(T(t)))
OT_TENSOR(det, (Handle t), at::linalg_det(T(t)))
OT_TENSOR(solve, (Handle a, Handle b), at::linalg_solve(T(a), T(b)))
OT_TENSOR(eigvalsh, (Handle t), at::linalg_eigvalsh(T(t)))
OT_TENSOR(vector_norm, (Handle t, ScalarValue p, Integers d, int32_t n, int32_t keepdim),
          at::linalg_vector_norm(
              T(t), S(p), n < 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(ot::sizes(d, n)), keepdim != 0))

OT_ACTION(svd, (Handle t, int32_t full, Handle* u, Handle* s, Handle* vh), {
    auto result = at::linalg_svd(T(t), full != 0);
    *u = ot::own(std::get<0>(result));
    *s = ot::own(std::get<1>(result));
    *vh = ot::own(std::get<2>(result));
})
OT_ACTION(eigh, (Handle t, int32_t upper, Handle* values, Handle* vectors), {
    auto result = at::linalg_eigh(T(t), upper ? "U" : "L");
    *values = ot::own(std::get<0>(result));
    *vectors = ot::own(std::get<1>(result));
})
OT_ACTION(qr, (Handle t, int32_t complete, Handle* q, Handle* r), {
    auto result = at::linalg_qr(T(t), complete ? "complete" : "reduced");
    *q = ot::own(std::get<0>(result));
    *r = ot::own(std::get<1>(result));
})
OT_ACTION(slogdet, (Handle t, Handle* sign, Handle* logabsdet), {
    auto result = at::linalg_slogdet(T(t));
    *sign = ot::own(std::get<0>(result));
    *logabsdet = ot::own(std::get<1>(result));
})
