// Loops over floats, compiled for the vector widths that CPUs have and chosen at run time as ATen chooses its kernels.
#pragma once

#include <cstdint>

namespace ot {

struct AdamCoefficients {
    float decay;         // factor on the weights themselves (AdamW); 1 for none
    float weight_decay;  // L2 term added to the gradient; 0 for none
    float beta1;
    float one_minus_beta1;
    float beta2;
    float one_minus_beta2;
    float root;  // square root of the second moment's bias correction
    float eps;
    float step;  // minus the learning rate over the first moment's bias correction
};

// One step of Adam over `count` numbers, in one pass.
void adam_loop(const AdamCoefficients& c, float* p, const float* g, float* m, float* v, int64_t count);

// Sum of softplus(l) - l x over `count` numbers; `gradient` receives sigmoid(l) - x unless it is null.
float bernoulli_loop(const float* logits, const float* pixels, float* gradient, int64_t count);

// out = 1 / (1 + exp(-in)).
void sigmoid_loop(const float* in, float* out, int64_t count);

// out = bytes / 255.
void scale_loop(const uint8_t* bytes, float* out, int64_t count);

} // namespace ot
