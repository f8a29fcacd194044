// Images decoded in advance: the nearest one to a code, out of one sheet.
export function createSprites(data) {
  const { steps, dimensions, centre, reach, latent } = data;
  const sheet = new Image();
  const loaded = new Promise((resolve, reject) => {
    sheet.onload = resolve;
    sheet.onerror = () => reject(new Error("the sheet of decoded images is no image"));
  });
  sheet.src = `data:image/png;base64,${data.png}`;
  const step = (code, dimension) =>
    Math.min(steps - 1, Math.max(0, Math.round(((code[dimension] - centre[dimension]) / reach[dimension] + 1) * 0.5 * (steps - 1))));
  const valueAt = (dimension, at) => centre[dimension] + reach[dimension] * ((2 * at) / (steps - 1) - 1);

  // Where a code lies among the decoded ones: of lines, the dimension that is furthest from the middle.
  function place(code) {
    if (latent === 2) return { row: steps - 1 - step(code, 1), column: step(code, 0) };
    const away = dimensions.map((dimension) => Math.abs(code[dimension] - centre[dimension]) / reach[dimension]);
    const row = away.indexOf(Math.max(...away));
    return { row, column: step(code, dimensions[row]) };
  }

  // The code that is really shown.
  function snap(code) {
    const { row, column } = place(code);
    if (latent === 2) return [valueAt(0, column), valueAt(1, steps - 1 - row)];
    return centre.map((value, dimension) => (dimension === dimensions[row] ? valueAt(dimension, column) : value));
  }

  async function paint(canvas, code) {
    const [, height, width] = data.shape;
    const { row, column } = place(code);
    await loaded;
    Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(sheet, column * width, row * height, width, height, 0, 0, width, height);
  }

  return { snap, paint, movable: dimensions };
}
