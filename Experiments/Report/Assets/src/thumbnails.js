// Small pictures of encoded images, cut from the sheet that all models of the same data share.
const scale = 3;
const loaded = new Map();

function sheetOf(sheet) {
  if (!loaded.has(sheet)) {
    const image = new Image();
    image.src = `data:image/png;base64,${sheet.png}`;
    loaded.set(sheet, image);
  }
  return loaded.get(sheet);
}

// The picture of a point; null where the sheet has none.
export function thumbnail(sheet, place) {
  if (!sheet || place >= sheet.count) return null;
  const canvas = document.createElement("canvas");
  const { width, height, columns } = sheet;
  Object.assign(canvas, { width, height, className: "thumbnail" });
  Object.assign(canvas.style, { width: `${width * scale}px`, height: `${height * scale}px` });
  const image = sheetOf(sheet);
  const draw = () => canvas.getContext("2d").drawImage(
    image, (place % columns) * width, Math.floor(place / columns) * height, width, height, 0, 0, width, height);
  if (image.complete) draw();
  else image.addEventListener("load", draw, { once: true });
  return canvas;
}

// Reads the sheet before the first pointer comes.
export const prepare = (sheet) => sheet && sheetOf(sheet);
