import { createDecoder } from "./decoder.js";
import { color, onTheme } from "./theme.js";

const reach = 3; // standard deviations of the prior
const tolerance = 1e-4;

// Sliders, or the plane of a two-dimensional code, that decode as they move.
export function startExplorer(models, choice) {
  const box = document.getElementById("explorer");
  if (!box) return;
  const image = document.getElementById("explorer-image");
  const plane = document.getElementById("explorer-plane");
  const sliders = document.getElementById("explorer-sliders");
  const check = document.getElementById("explorer-check");
  let decoder = null;
  let code = [];

  const show = () => {
    paint(image, decoder.shape, decoder.decode(code));
    image.setAttribute("aria-label", `The image that the code ${code.map((value) => value.toFixed(2)).join(", ")} decodes to`);
    drawPlane(plane, code);
    [...sliders.querySelectorAll("input")].forEach((input, i) => { input.value = String(code[i]); input.nextElementSibling.textContent = code[i].toFixed(2); });
  };
  const move = (changed) => {
    code = changed.map((value) => Math.min(reach, Math.max(-reach, value)));
    show();
  };

  const open = () => {
    const model = models.find((candidate) => candidate.id === choice.value);
    box.hidden = !model?.decoder;
    if (box.hidden) return;
    decoder = createDecoder(model.decoder);
    code = new Array(decoder.latent).fill(0);
    plane.hidden = decoder.latent !== 2;
    sliders.replaceChildren(...code.map((_, i) => slider(i, (value) => move(code.map((old, at) => (at === i ? value : old))))));
    check.textContent = sentence(decoder.difference());
    show();
  };

  choice.addEventListener("change", open);
  document.getElementById("explorer-random").addEventListener("click", () => move(code.map(normal)));
  const point = (event) => {
    const bounds = plane.getBoundingClientRect();
    move([reach * (2 * (event.clientX - bounds.left) / bounds.width - 1), reach * (1 - 2 * (event.clientY - bounds.top) / bounds.height)]);
  };
  plane.addEventListener("pointerdown", (event) => { plane.setPointerCapture(event.pointerId); point(event); });
  plane.addEventListener("pointermove", (event) => { if (event.buttons) point(event); });
  plane.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] }[event.key];
    if (!step) return;
    event.preventDefault();
    move(code.map((value, i) => value + step[i]));
  });
  onTheme(() => { if (!box.hidden && decoder) drawPlane(plane, code); });
  open();
}

function sentence(difference) {
  if (difference === null) return "Decoded in this page from the trained weights; the file holds nothing to check it by.";
  const shown = difference.toExponential(1).replace("-", "−");
  return difference <= tolerance
    ? `Decoded in this page from the trained weights; checked against the core's own output: no pixel differs by more than ${shown}.`
    : `The page's decoder differs from the core's own output by up to ${shown}: do not trust these images.`;
}

function slider(index, move) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const output = document.createElement("output");
  label.append(`z${index + 1} `, input, output);
  Object.assign(input, { type: "range", min: String(-reach), max: String(reach), step: "0.05", value: "0" });
  input.addEventListener("input", () => move(Number(input.value)));
  return label;
}

// Marsaglia and Bray's polar method needs a loop; Box and Muller's does not.
const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

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

function drawPlane(canvas, code) {
  if (canvas.hidden) return;
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  const place = ([x, y]) => [width * (x / reach + 1) / 2, height * (1 - y / reach) / 2];
  context.clearRect(0, 0, width, height);
  context.strokeStyle = color("rule");
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  // The prior's one, two and three standard deviations.
  for (const radius of [1, 2, 3]) {
    context.beginPath();
    context.arc(width / 2, height / 2, (radius * width) / (2 * reach), 0, 2 * Math.PI);
    context.stroke();
  }
  context.fillStyle = color("accent");
  context.beginPath();
  context.arc(...place(code), 6, 0, 2 * Math.PI);
  context.fill();
}
