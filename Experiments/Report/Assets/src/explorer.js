import { createDecoder } from "./decoder.js";
import { createSprites } from "./sprites.js";
import { drawPlane, pointOf } from "./plane-of-codes.js";
import { onTheme } from "./theme.js";

const tolerance = 1e-4;
const fineness = 60; // steps of a slider to each side

// Sliders, or the plane of a two-dimensional code, that decode as they move.
export function startExplorer(models, choice) {
  const box = document.getElementById("explorer");
  if (!box) return;
  const [image, plane, sliders, label, random, check] =
    ["image", "plane", "sliders", "class", "random", "check"].map((name) => document.getElementById(`explorer-${name}`));
  let shown = null; // what is known of the model, and how its codes become images
  let code = [];

  const show = () => {
    code = shown.snap(code);
    shown.paint(image, code, Number(label.value));
    const of = shown.data.classes > 0 ? `, class ${label.value},` : "";
    image.setAttribute("aria-label", `The image that the code ${code.map((value) => value.toFixed(2)).join(", ")}${of} decodes to`);
    drawPlane(plane, shown.data, code);
    sliders.querySelectorAll("input").forEach((input) => {
      input.value = String(code[input.dataset.dimension]);
      input.nextElementSibling.textContent = code[input.dataset.dimension].toFixed(2);
    });
  };
  const move = (changed) => {
    const { centre, reach } = shown.data;
    code = changed.map((value, i) => Math.min(centre[i] + reach[i], Math.max(centre[i] - reach[i], value)));
    show();
  };
  // Decoded in advance along lines, one dimension moves and the others go back to the middle.
  const moveOne = (dimension, value) =>
    move(code.map((old, i) => (i === dimension ? value : shown.lines ? shown.data.centre[i] : old)));

  const open = () => {
    const model = models.find((candidate) => candidate.id === choice.value);
    const data = model?.decoder ?? model?.sprites;
    box.hidden = !data;
    if (box.hidden) return;
    shown = model.decoder ? byWeights(data) : inAdvance(data);
    code = [...data.centre];
    plane.hidden = data.latent !== 2;
    random.hidden = shown.lines;
    random.textContent = data.prior === "codes" ? "A random code" : "Sample the prior";
    label.replaceChildren(...Array.from({ length: data.classes }, (_, i) => new Option(`class ${i}`, String(i))));
    label.parentElement.hidden = data.classes === 0 || !model.decoder;
    sliders.replaceChildren(...shown.movable.map((dimension) => slider(data, dimension, (value) => moveOne(dimension, value))));
    check.textContent = shown.sentence;
    show();
  };

  choice.addEventListener("change", open);
  label.addEventListener("change", show);
  random.addEventListener("click", () => move(shown.data.centre.map((centre, i) => centre + shown.data.reach[i] * draw(shown.data.prior))));
  const point = (event) => move(pointOf(plane, shown.data, event));
  plane.addEventListener("pointerdown", (event) => { plane.setPointerCapture(event.pointerId); point(event); });
  plane.addEventListener("pointermove", (event) => { if (event.buttons) point(event); });
  plane.addEventListener("keydown", (event) => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!direction) return;
    event.preventDefault();
    move(code.map((value, i) => value + direction[i] * shown.keyStep(i)));
  });
  onTheme(() => { if (!box.hidden && shown) drawPlane(plane, shown.data, code); });
  open();
}

function byWeights(data) {
  const decoder = createDecoder(data);
  return {
    data, lines: false, snap: (code) => code, movable: data.centre.map((_, i) => i), keyStep: (i) => data.reach[i] / (fineness / 2),
    paint: (canvas, code, label) => paint(canvas, data.shape, decoder.decode(code, label)), sentence: sentence(decoder.difference()),
  };
}

function inAdvance(data) {
  const sprites = createSprites(data);
  const lines = data.latent !== 2;
  const how = lines ? `one dimension at a time, ${data.dimensions.length} of ${data.latent}, in ${data.steps} steps` : `at ${data.steps} × ${data.steps} points`;
  const label = data.classes > 0 ? " All are of class 0." : "";
  return {
    data, lines, ...sprites, keyStep: (i) => (2 * data.reach[i]) / (data.steps - 1),
    sentence: `These images were decoded by the core itself in advance, ${how}; the nearest one is shown.${label}`,
  };
}

function sentence(difference) {
  if (difference === null) return "Decoded in this page from the trained weights; the file holds nothing to check it by.";
  const shown = difference.toExponential(1).replace("-", "−");
  return difference <= tolerance
    ? `Decoded in this page from the trained weights; checked against the core's own output: no pixel differs by more than ${shown}.`
    : `The page's decoder differs from the core's own output by up to ${shown}: do not trust these images.`;
}

function slider({ centre, reach }, dimension, move) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const output = document.createElement("output");
  label.append(`z${dimension + 1} `, input, output);
  const [least, most] = [centre[dimension] - reach[dimension], centre[dimension] + reach[dimension]];
  Object.assign(input, { type: "range", min: String(least), max: String(most), step: String(reach[dimension] / fineness), value: String(centre[dimension]) });
  input.dataset.dimension = String(dimension);
  input.addEventListener("input", () => move(Number(input.value)));
  return label;
}

// A draw from -1 to 1, or of a normal distribution whose three deviations are 1; Box and Muller's method needs no loop.
const draw = (prior) =>
  prior === "uniform" ? 2 * Math.random() - 1 : (Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())) / 3;

function paint(canvas, [channels, height, width], pixels) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    for (let c = 0; c < 3; c++) image.data[4 * at + c] = 255 * pixels[(channels === 3 ? c : 0) * width * height + at];
    image.data[4 * at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
