#include "vectorised.h"

#include <cmath>
#include <cstring>

namespace {

constexpr int Lanes = 16;

// ATen's AVX2 kernels multiply and add with one rounding, its plain ones with two; each form follows its own.
template <bool Fused>
__attribute__((always_inline)) inline float multiply_add(float a, float b, float c) {
    return Fused ? __builtin_fmaf(a, b, c) : a * b + c;
}

template <bool Fused>
__attribute__((always_inline)) inline void adam_body(const ot::AdamCoefficients& c, float* __restrict p,
                                                     const float* __restrict g, float* __restrict m,
                                                     float* __restrict v, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        float weight = p[i] * c.decay;
        float gradient = c.weight_decay != 0 ? multiply_add<Fused>(weight, c.weight_decay, g[i]) : g[i];
        float mean = multiply_add<Fused>(gradient, c.one_minus_beta1, m[i] * c.beta1);
        float square = multiply_add<Fused>(c.one_minus_beta2 * gradient, gradient, v[i] * c.beta2);
        m[i] = mean;
        v[i] = square;
        p[i] = weight + (c.step * mean) / (__builtin_sqrtf(square) / c.root + c.eps);
    }
}

// exp(x) for x from -87 to 0: 2^n times a polynomial in the rest, to the last bit or two (Cody and Waite 1980).
template <bool Fused>
__attribute__((always_inline)) inline float exp_negative(float x) {
    constexpr float Rounder = 12582912.0f; // 1.5 * 2^23: adding it rounds to a whole number
    float n = (x * 1.44269504f + Rounder) - Rounder;
    float r = multiply_add<Fused>(n, -0.693359375f, x);
    r = multiply_add<Fused>(n, 2.12194440e-4f, r);
    float y = 1.0f / 5040;
    y = multiply_add<Fused>(y, r, 1.0f / 720);
    y = multiply_add<Fused>(y, r, 1.0f / 120);
    y = multiply_add<Fused>(y, r, 1.0f / 24);
    y = multiply_add<Fused>(y, r, 1.0f / 6);
    y = multiply_add<Fused>(y, r, 0.5f);
    y = multiply_add<Fused>(y, r, 1.0f);
    y = multiply_add<Fused>(y, r, 1.0f);
    int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
    float power;
    std::memcpy(&power, &bits, sizeof(power));
    return y * power;
}

// log(1 + e) for e from 0 to 1, as 2 atanh(e / (2 + e)).
template <bool Fused>
__attribute__((always_inline)) inline float log_one_plus(float e) {
    float s = e / (2.0f + e);
    float s2 = s * s;
    float y = 1.0f / 15;
    y = multiply_add<Fused>(y, s2, 1.0f / 13);
    y = multiply_add<Fused>(y, s2, 1.0f / 11);
    y = multiply_add<Fused>(y, s2, 1.0f / 9);
    y = multiply_add<Fused>(y, s2, 1.0f / 7);
    y = multiply_add<Fused>(y, s2, 1.0f / 5);
    y = multiply_add<Fused>(y, s2, 1.0f / 3);
    return 2.0f * multiply_add<Fused>(y * s2, s, s);
}

template <bool Fused>
__attribute__((always_inline)) inline void bernoulli_block(const float* __restrict l, const float* __restrict x,
                                                           float* __restrict gradient, float* __restrict sums) {
    for (int j = 0; j < Lanes; j++) {
        float size = -std::fabs(l[j]);
        float e = exp_negative<Fused>(size < -87.0f ? -87.0f : size);
        float inverse = 1.0f / (1.0f + e);
        sums[j] += (l[j] > 0 ? l[j] : 0.0f) + log_one_plus<Fused>(e) - l[j] * x[j];
        gradient[j] = (l[j] > 0 ? inverse : e * inverse) - x[j];
    }
}

template <bool Fused>
__attribute__((always_inline)) inline float bernoulli_body(const float* l, const float* x, float* gradient,
                                                           int64_t count) {
    float sums[Lanes] = {};
    float unused[Lanes];
    int64_t i = 0;
    for (; i + Lanes <= count; i += Lanes) {
        bernoulli_block<Fused>(l + i, x + i, gradient ? gradient + i : unused, sums);
    }
    if (i < count) {
        // The rest of the row, filled up with pixels that cost nothing.
        float logits[Lanes], pixels[Lanes] = {}, slopes[Lanes];
        for (float& logit : logits) {
            logit = -100.0f;
        }
        std::memcpy(logits, l + i, sizeof(float) * static_cast<size_t>(count - i));
        std::memcpy(pixels, x + i, sizeof(float) * static_cast<size_t>(count - i));
        bernoulli_block<Fused>(logits, pixels, slopes, sums);
        if (gradient) {
            std::memcpy(gradient + i, slopes, sizeof(float) * static_cast<size_t>(count - i));
        }
    }
    double total = 0;
    for (float sum : sums) {
        total += sum;
    }
    return static_cast<float>(total);
}

// 1 / (1 + exp(-x)), from the exponential of what is negative, which cannot overflow.
template <bool Fused>
__attribute__((always_inline)) inline void sigmoid_body(const float* __restrict in, float* __restrict out, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        float size = -std::fabs(in[i]);
        float e = exp_negative<Fused>(size < -87.0f ? -87.0f : size);
        float inverse = 1.0f / (1.0f + e);
        out[i] = in[i] > 0 ? inverse : e * inverse;
    }
}

__attribute__((always_inline)) inline void scale_body(const uint8_t* __restrict bytes, float* __restrict out,
                                                      int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        out[i] = static_cast<float>(bytes[i]) / 255.0f;
    }
}

} // namespace

namespace ot {

#if defined(__x86_64__)
#define OT_AVX2 __attribute__((target("avx2,fma")))
#define OT_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,prefer-vector-width=512")))

namespace {

OT_AVX512 void adam_512(const AdamCoefficients& c, float* p, const float* g, float* m, float* v, int64_t n) {
    adam_body<true>(c, p, g, m, v, n);
}
OT_AVX2 void adam_256(const AdamCoefficients& c, float* p, const float* g, float* m, float* v, int64_t n) {
    adam_body<true>(c, p, g, m, v, n);
}
OT_AVX512 float bernoulli_512(const float* l, const float* x, float* g, int64_t n) {
    return bernoulli_body<true>(l, x, g, n);
}
OT_AVX2 float bernoulli_256(const float* l, const float* x, float* g, int64_t n) {
    return bernoulli_body<true>(l, x, g, n);
}
OT_AVX512 void sigmoid_512(const float* in, float* out, int64_t n) {
    sigmoid_body<true>(in, out, n);
}
OT_AVX2 void sigmoid_256(const float* in, float* out, int64_t n) {
    sigmoid_body<true>(in, out, n);
}
OT_AVX512 void scale_512(const uint8_t* b, float* out, int64_t n) {
    scale_body(b, out, n);
}
OT_AVX2 void scale_256(const uint8_t* b, float* out, int64_t n) {
    scale_body(b, out, n);
}

int width() {
    static const int value = [] {
        bool fma = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
        bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
        return fma && wide ? 512 : fma ? 256 : 0;
    }();
    return value;
}

} // namespace

#define OT_CHOOSE(name, ...)          \
    switch (width()) {                \
    case 512:                         \
        return name##_512(__VA_ARGS__); \
    case 256:                         \
        return name##_256(__VA_ARGS__); \
    default:                          \
        break;                        \
    }
#else
#define OT_CHOOSE(name, ...)
#endif

#if defined(__FMA__) || defined(__aarch64__)
constexpr bool HasFma = true;
#else
constexpr bool HasFma = false;
#endif

void adam_loop(const AdamCoefficients& c, float* p, const float* g, float* m, float* v, int64_t count) {
    OT_CHOOSE(adam, c, p, g, m, v, count)
    adam_body<HasFma>(c, p, g, m, v, count);
}

float bernoulli_loop(const float* logits, const float* pixels, float* gradient, int64_t count) {
    OT_CHOOSE(bernoulli, logits, pixels, gradient, count)
    return bernoulli_body<HasFma>(logits, pixels, gradient, count);
}

void sigmoid_loop(const float* in, float* out, int64_t count) {
    OT_CHOOSE(sigmoid, in, out, count)
    sigmoid_body<HasFma>(in, out, count);
}

void scale_loop(const uint8_t* bytes, float* out, int64_t count) {
    OT_CHOOSE(scale, bytes, out, count)
    scale_body(bytes, out, count);
}

} // namespace ot
