// Convolutions as PyTorch defines them: weights [out, in, kernel, kernel], those of a transposed one [in, out, kernel, kernel].
function biased(out, side, bias) {
  const values = new Float64Array(out * side.height * side.width);
  for (let o = 0; o < out; o++) values.fill(bias[o], o * side.height * side.width, (o + 1) * side.height * side.width);
  return values;
}

export function convolve({ in: inputs, out, kernel, stride, padding, weight, bias }, { height, width, values }) {
  const size = (length) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  const side = { height: size(height), width: size(width) };
  const result = biased(out, side, bias);
  for (let o = 0; o < out; o++)
    for (let i = 0; i < inputs; i++)
      for (let ky = 0; ky < kernel; ky++)
        for (let kx = 0; kx < kernel; kx++) {
          const w = weight[((o * inputs + i) * kernel + ky) * kernel + kx];
          for (let y = 0; y < side.height; y++) {
            const from = y * stride + ky - padding;
            if (from < 0 || from >= height) continue;
            for (let x = 0; x < side.width; x++) {
              const at = x * stride + kx - padding;
              if (at >= 0 && at < width) result[(o * side.height + y) * side.width + x] += w * values[(i * height + from) * width + at];
            }
          }
        }
  return { channels: out, ...side, values: result };
}

export function convolveTransposed({ in: inputs, out, kernel, stride, padding, outputPadding, weight, bias }, { height, width, values }) {
  const size = (length) => (length - 1) * stride - 2 * padding + kernel + outputPadding;
  const side = { height: size(height), width: size(width) };
  const result = biased(out, side, bias);
  for (let i = 0; i < inputs; i++)
    for (let o = 0; o < out; o++)
      for (let ky = 0; ky < kernel; ky++)
        for (let kx = 0; kx < kernel; kx++) {
          const w = weight[((i * out + o) * kernel + ky) * kernel + kx];
          for (let y = 0; y < height; y++) {
            const to = y * stride + ky - padding;
            if (to < 0 || to >= side.height) continue;
            for (let x = 0; x < width; x++) {
              const at = x * stride + kx - padding;
              if (at >= 0 && at < side.width) result[(o * side.height + to) * side.width + at] += w * values[(i * height + y) * width + x];
            }
          }
        }
  return { channels: out, ...side, values: result };
}
