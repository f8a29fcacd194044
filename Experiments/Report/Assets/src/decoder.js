// A decoder of linear layers and rectifiers, in plain arithmetic on the trained weights.
export function floats(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

export function createDecoder(data) {
  const layers = data.layers.map((layer) =>
    layer.type === "linear" ? { ...layer, weight: floats(layer.weight), bias: floats(layer.bias) } : layer);
  const decode = (code) => {
    let values = Float64Array.from(code);
    for (const layer of layers) values = layer.type === "linear" ? linear(layer, values) : values.map((value) => Math.max(0, value));
    return data.mean === "sigmoid" ? values.map((value) => 1 / (1 + Math.exp(-value))) : values;
  };
  return { decode, shape: data.shape, latent: data.latent, difference: () => difference(data.checks, decode) };
}

function linear({ in: size, out, weight, bias }, values) {
  const result = new Float64Array(out);
  for (let row = 0; row < out; row++) {
    let sum = bias[row];
    for (let column = 0; column < size; column++) sum += weight[row * size + column] * values[column];
    result[row] = sum;
  }
  return result;
}

// The greatest distance of any pixel from what the core itself decoded; null where there is nothing to check by.
function difference(checks, decode) {
  if (checks.length === 0) return null;
  return Math.max(...checks.map(({ z, image }) => {
    const expected = floats(image);
    return decode(z).reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  }));
}
