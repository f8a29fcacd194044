import { color } from "./theme.js";

// The plane of a two-dimensional code, with the place of the one that is decoded.
export function drawPlane(canvas, { centre, reach, prior }, code) {
  if (canvas.hidden) return;
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  context.strokeStyle = color("rule");
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  // One, two and three standard deviations; a uniform prior has none.
  for (const part of prior === "uniform" ? [] : [1, 2, 3]) {
    context.beginPath();
    context.arc(width / 2, height / 2, (part * width) / 6, 0, 2 * Math.PI);
    context.stroke();
  }
  context.fillStyle = color("accent");
  context.beginPath();
  context.arc((width * ((code[0] - centre[0]) / reach[0] + 1)) / 2, (height * (1 - (code[1] - centre[1]) / reach[1])) / 2, 6, 0, 2 * Math.PI);
  context.fill();
}

// The code under the pointer.
export function pointOf(canvas, { centre, reach }, event) {
  const bounds = canvas.getBoundingClientRect();
  return [
    centre[0] + reach[0] * ((2 * (event.clientX - bounds.left)) / bounds.width - 1),
    centre[1] + reach[1] * (1 - (2 * (event.clientY - bounds.top)) / bounds.height),
  ];
}
