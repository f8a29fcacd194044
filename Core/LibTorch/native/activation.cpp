// Activations and losses.
#include "abi.h"

using ot::maybe_tensor;

OT_TENSOR(leaky_relu, (Handle x, ScalarValue slope), at::leaky_relu(T(x), S(slope)))
OT_ACTION(leaky_relu_, (Handle x, ScalarValue slope), at::leaky_relu_(M(x), S(slope)))
OT_TENSOR(elu, (Handle x, ScalarValue alpha), at::elu(T(x), S(alpha)))
OT_ACTION(elu_, (Handle x, ScalarValue alpha), at::elu_(M(x), S(alpha)))
OT_TENSOR(selu, (Handle x), at::selu(T(x)))
OT_ACTION(selu_, (Handle x), at::selu_(M(x)))
OT_TENSOR(celu, (Handle x, ScalarValue alpha), at::celu(T(x), S(alpha)))
OT_TENSOR(silu, (Handle x), at::silu(T(x)))
OT_ACTION(silu_, (Handle x), at::silu_(M(x)))
OT_TENSOR(mish, (Handle x), at::mish(T(x)))
OT_TENSOR(gelu, (Handle x, int32_t tanh), at::gelu(T(x), tanh ? "tanh" : "none"))
OT_TENSOR(prelu, (Handle x, Handle weight), at::prelu(T(x), T(weight)))
OT_TENSOR(relu6, (Handle x), at::relu6(T(x)))
OT_TENSOR(hardtanh, (Handle x, ScalarValue low, ScalarValue high), at::hardtanh(T(x), S(low), S(high)))
OT_TENSOR(hardsigmoid, (Handle x), at::hardsigmoid(T(x)))
OT_TENSOR(hardswish, (Handle x), at::hardswish(T(x)))
OT_TENSOR(softplus, (Handle x, ScalarValue beta, ScalarValue threshold), at::softplus(T(x), S(beta), S(threshold)))
OT_TENSOR(logsigmoid, (Handle x), at::log_sigmoid(T(x)))
OT_TENSOR(softmax, (Handle x, int64_t dim, int32_t dtype), at::softmax(T(x), dim, ot::maybe_dtype(dtype)))
OT_TENSOR(log_softmax, (Handle x, int64_t dim, int32_t dtype), at::log_softmax(T(x), dim, ot::maybe_dtype(dtype)))
OT_TENSOR(glu, (Handle x, int64_t dim), at::glu(T(x), dim))

// Reductions are libtorch's: 0 none, 1 mean, 2 sum.
OT_TENSOR(bce, (Handle x, Handle y, Handle weight, int64_t reduction),
          at::binary_cross_entropy(T(x), T(y), maybe_tensor(weight), reduction))
OT_TENSOR(bce_with_logits, (Handle x, Handle y, Handle weight, Handle positive, int64_t reduction),
          at::binary_cross_entropy_with_logits(T(x), T(y), maybe_tensor(weight), maybe_tensor(positive), reduction))
OT_TENSOR(cross_entropy, (Handle x, Handle y, Handle weight, int64_t reduction, int64_t ignore, double smoothing),
          at::cross_entropy_loss(T(x), T(y), maybe_tensor(weight), reduction, ignore, smoothing))
OT_TENSOR(nll_loss, (Handle x, Handle y, Handle weight, int64_t reduction, int64_t ignore),
          at::nll_loss_nd(T(x), T(y), maybe_tensor(weight), reduction, ignore))
OT_TENSOR(mse_loss, (Handle x, Handle y, int64_t reduction), at::mse_loss(T(x), T(y), reduction))
OT_TENSOR(l1_loss, (Handle x, Handle y, int64_t reduction), at::l1_loss(T(x), T(y), reduction))
OT_TENSOR(smooth_l1_loss, (Handle x, Handle y, int64_t reduction, double beta),
          at::smooth_l1_loss(T(x), T(y), reduction, beta))
OT_TENSOR(huber_loss, (Handle x, Handle y, int64_t reduction, double delta), at::huber_loss(T(x), T(y), reduction, delta))
OT_TENSOR(kl_div, (Handle x, Handle y, int64_t reduction, int32_t log_target),
          at::kl_div(T(x), T(y), reduction, log_target != 0))
OT_TENSOR(poisson_nll_loss, (Handle x, Handle y, int32_t log_input, int32_t full, double eps, int64_t reduction),
          at::poisson_nll_loss(T(x), T(y), log_input != 0, full != 0, eps, reduction))
