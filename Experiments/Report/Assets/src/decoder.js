// A trained decoder in plain arithmetic on its own weights: values are [channels, height, width], row-major.
import { convolve, convolveTransposed } from "./convolutions.js";

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

export function floats(base64) {
  const bytes = bytesOf(base64);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

// Weights come without the lowest byte of each float.
function weights(base64) {
  const bytes = bytesOf(base64);
  const whole = new Uint8Array((bytes.length / 3) * 4);
  for (let i = 0; i < bytes.length / 3; i++) whole.set(bytes.subarray(3 * i, 3 * i + 3), 4 * i + 1);
  const view = new DataView(whole.buffer);
  return Float32Array.from({ length: whole.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

const relu = (image) => ({ ...image, values: image.values.map((value) => Math.max(0, value)) });
const second = (layer) => ({ ...layer, weight: layer.weight2, bias: layer.bias2 });

const layers = {
  linear,
  relu: (_, image) => relu(image),
  unflatten: ({ channels, height, width }, { values }) => ({ channels, height, width, values }),
  conv: convolve,
  "conv-transpose": convolveTransposed,
  upsample: ({ side }, image) => pick(image, side, (at, length) => Math.floor((at * length) / side)),
  crop: ({ before, side }, image) => pick(image, side, (at) => before + at),
  residual: (layer, image) => {
    const changed = convolve(second(layer), relu(convolve(layer, relu(image))));
    return { ...image, values: image.values.map((value, i) => value + changed.values[i]) };
  },
};

// A code and a class to pixels; and how far the page is from what the core itself decoded.
export function createDecoder(data) {
  const known = data.layers.map((layer) => {
    const made = { ...layer };
    for (const name of ["weight", "bias", "weight2", "bias2"]) if (name in layer) made[name] = weights(layer[name]);
    return made;
  });
  const decode = (code, label) => {
    const labels = Array.from({ length: data.classes }, (_, i) => (i === label ? 1 : 0));
    const values = Float64Array.from([...code, ...labels]);
    const image = known.reduce((input, layer) => layers[layer.type](layer, input), { channels: values.length, height: 1, width: 1, values });
    return data.mean === "sigmoid" ? image.values.map((value) => 1 / (1 + Math.exp(-value))) : image.values;
  };
  return { decode, difference: () => difference(data.checks, decode) };
}

function linear({ in: size, out, weight, bias }, { values }) {
  const result = new Float64Array(out);
  for (let row = 0; row < out; row++) {
    let sum = bias[row];
    for (let column = 0; column < size; column++) sum += weight[row * size + column] * values[column];
    result[row] = sum;
  }
  return { channels: out, height: 1, width: 1, values: result };
}

// The pixels of a square of another side, each from the row and column that `from` names.
function pick({ channels, height, width, values }, side, from) {
  const result = new Float64Array(channels * side * side);
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) result[(c * side + y) * side + x] = values[(c * height + from(y, height)) * width + from(x, width)];
  return { channels, height: side, width: side, values: result };
}

// The greatest distance of any pixel from what the core itself decoded; null where there is nothing to check by.
function difference(checks, decode) {
  if (checks.length === 0) return null;
  return Math.max(...checks.map(({ z, class: label, image }) => {
    const expected = floats(image);
    return decode(z, label).reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  }));
}
