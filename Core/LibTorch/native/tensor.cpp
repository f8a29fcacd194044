// A tensor's life, its facts, its bytes, and where it lives.
#include "abi.h"

OT_API void ot_tensor_free(Handle t) noexcept {
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(t);
}

OT_TENSOR(alias_handle, (Handle t), T(t))

OT_API int64_t ot_dim(Handle t) noexcept {
    return t->dim();
}

OT_API int64_t ot_numel(Handle t) noexcept {
    return T(t).numel();
}

OT_API int32_t ot_dtype(Handle t) noexcept {
    return static_cast<int32_t>(T(t).scalar_type());
}

OT_API int64_t ot_element_size(Handle t) noexcept {
    return static_cast<int64_t>(T(t).element_size());
}

OT_API int32_t ot_device_type(Handle t) noexcept {
    return static_cast<int32_t>(T(t).device().type());
}

OT_API int32_t ot_device_index(Handle t) noexcept {
    return T(t).device().index();
}

OT_API int32_t ot_is_contiguous(Handle t) noexcept {
    return T(t).is_contiguous();
}

OT_API int32_t ot_requires_grad(Handle t) noexcept {
    return T(t).requires_grad();
}

OT_API int32_t ot_is_leaf(Handle t) noexcept {
    return T(t).is_leaf();
}

OT_API int32_t ot_has_grad(Handle t) noexcept {
    return T(t).grad().defined();
}

OT_API int64_t ot_version(Handle t) noexcept {
    return t->is_inference() ? 0 : T(t)._version();
}

OT_ACTION(sizes, (Handle t, int64_t* out), {
    auto s = T(t).sizes();
    std::copy(s.begin(), s.end(), out);
})

OT_ACTION(strides, (Handle t, int64_t* out), {
    auto s = T(t).strides();
    std::copy(s.begin(), s.end(), out);
})

OT_ACTION(data_pointer, (Handle t, void** out), *out = T(t).data_ptr())

OT_ACTION(set_requires_grad, (Handle t, int32_t value), T(t).set_requires_grad(value != 0))

// Null without an error when there is no gradient yet.
OT_ACTION(grad, (Handle t, Handle* out), *out = ot::own(T(t).grad()))

OT_ACTION(set_grad, (Handle t, Handle value), M(t).mutable_grad() = ot::optional_tensor(value))

OT_TENSOR(detach, (Handle t), T(t).detach())
OT_TENSOR(clone, (Handle t), T(t).clone())
OT_TENSOR(contiguous, (Handle t), T(t).contiguous())
OT_TENSOR(pin_memory, (Handle t), T(t).pin_memory())
OT_ACTION(detach_, (Handle t), T(t).detach_())
OT_ACTION(retain_grad, (Handle t), T(t).retain_grad())
OT_ACTION(copy_, (Handle t, Handle source, int32_t non_blocking), T(t).copy_(T(source), non_blocking != 0))

OT_TENSOR(to, (Handle t, TensorSpec spec, int32_t copy, int32_t non_blocking),
          T(t).to(ot::options(spec), non_blocking != 0, copy != 0))

OT_TENSOR(contiguous_channels_last, (Handle t), T(t).contiguous(at::MemoryFormat::ChannelsLast))

// Makes `target` share `source`'s storage: how a module's parameter moves without becoming another tensor.
OT_ACTION(set_data, (Handle target, Handle source), T(target).set_data(T(source)))

OT_ACTION(item_double, (Handle t, double* out), *out = T(t).item().toDouble())
OT_ACTION(item_int64, (Handle t, int64_t* out), *out = T(t).item().toLong())
OT_ACTION(item_bool, (Handle t, int32_t* out), *out = T(t).item().toBool())
