import { color, isDark } from "../theme.js";
import { format, withUnit } from "../data.js";
import { axis, createChart, roomForNames, tooltip, tooltipStyle } from "./chart.js";
import { isoline, sample, surface } from "./contour.js";

// Five steps of cividis (Nuñez, Anderton and Renslow, 2018): even in lightness, the same for every kind of colour vision.
const ramp = [[0, 34, 78], [64, 77, 107], [123, 123, 120], [187, 175, 113], [254, 232, 56]];

const steps = 48; // of the surface in each direction
const levels = 9;

// The mean objective at each pair of values of two parameters: as cells, or as contours of a surface through them.
export function startHeat(data, selection) {
  const element = document.getElementById("heat-chart");
  if (!element) return;
  const across = document.getElementById("heat-across");
  const up = document.getElementById("heat-up");
  const note = document.getElementById("heat-note");
  const drawing = document.getElementById("heat-drawing");
  const chart = createChart(element, () => {
    const places = [Number(across.value), Number(up.value)];
    const cells = cellsOf(data, selection, ...places);
    const contours = drawing.value === "contours" && canHaveContours(data, places, cells);
    note.textContent = sentence(data, cells) + (drawing.value !== "contours" ? "" : contours
      ? " The surface between the dots is a guess by inverse distances; numbers count by their order."
      : " Contours need two parameters in numbers, each with two values or more.");
    return draw(data, ...places, cells, contours);
  });
  drawing.addEventListener("change", () => selection.change({ drawing: drawing.value }));
  const known = (name) => data.parameters.findIndex((parameter) => parameter.name === name);
  for (const choice of [across, up])
    choice.addEventListener("change", () =>
      selection.change({ heat: [across, up].map((select) => data.parameters[Number(select.value)].name) }));
  selection.follow(({ heat, drawing: wanted }) => {
    drawing.value = wanted;
    if (heat && heat.every((name) => known(name) >= 0)) [across.value, up.value] = heat.map((name) => String(known(name)));
    chart.redraw();
  });
}

function cellsOf(data, selection, across, up) {
  const cells = new Map();
  data.configurations.forEach((configuration, index) => {
    const standing = configuration.readings[selection.state.reading];
    if (!standing || !selection.keeps(index)) return;
    const place = [configuration.values[across], configuration.values[up]];
    const cell = cells.get(place.join()) ?? { place, means: [] };
    cell.means.push(standing.mean);
    cells.set(place.join(), cell);
  });
  return [...cells.values()].map((cell) => ({ ...cell, mean: cell.means.reduce((a, b) => a + b) / cell.means.length }));
}

function canHaveContours(data, places, cells) {
  const numeric = places.every((parameter) => data.parameters[parameter].values.every((value) => value !== "" && Number.isFinite(Number(value))));
  return numeric && places[0] !== places[1] && [0, 1].every((axis) => new Set(cells.map((cell) => cell.place[axis])).size > 1);
}

function sentence(data, cells) {
  if (cells.length === 0) return "Nothing is measured here.";
  const many = Math.max(...cells.map((cell) => cell.means.length));
  const better = data.objective.less ? "less" : "more";
  const kept = many === 1 ? "One configuration per cell" : `Means of up to ${many} configurations per cell`;
  return `${kept}: ${withUnit(data.objective.label, data.objective.unit)}, ${better} is better and brighter. Empty cells were not measured.`;
}

function shade(part) {
  const at = Math.min(ramp.length - 1.000001, Math.max(0, part * (ramp.length - 1)));
  const [from, to] = [ramp[Math.floor(at)], ramp[Math.floor(at) + 1]];
  return from.map((value, i) => Math.round(value + (to[i] - value) * (at % 1)));
}

function draw(data, across, up, cells, contours) {
  const means = cells.map((cell) => cell.mean);
  const [least, greatest] = [Math.min(...means), Math.max(...means)];
  const goodness = (mean) => (greatest > least ? (data.objective.less ? greatest - mean : mean - least) / (greatest - least) : 1);
  const named = (parameter, extra) => axis(data.parameters[parameter].name, {
    type: "category", data: data.parameters[parameter].values, axisLine: { show: false },
    axisLabel: { color: color("muted"), fontSize: 11, hideOverlap: true }, ...extra });
  return {
    grid: { left: 8, right: 12, top: 12, bottom: 8, ...roomForNames },
    xAxis: named(across), yAxis: named(up),
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => describe(data, across, up, cells[p.dataIndex]) }),
    series: contours ? surfaceOf(data, across, up, cells, goodness) : [{
      type: "custom", data: cells.map((cell) => [...cell.place, cell.mean]),
      renderItem: (params, api) => {
        const [x, y] = api.coord([api.value(0), api.value(1)]);
        const [width, height] = api.size([1, 1]);
        const rgb = shade(goodness(api.value(2)));
        const dark = rgb[0] * 0.3 + rgb[1] * 0.59 + rgb[2] * 0.11 < 120;
        return { type: "group", children: [
          { type: "rect", shape: { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2, r: 2 }, style: { fill: `rgb(${rgb})`, opacity: isDark() ? 0.9 : 1 } },
          ...(width > 44 && height > 16 ? [{ type: "text", silent: true, style: { x, y, text: format(api.value(2)), fill: dark ? "#fff" : "#111", align: "center", verticalAlign: "middle", fontSize: 11 } }] : []),
        ] };
      },
    }],
  };
}

// The surface as a picture of its own colours, lines of equal height upon it, and a dot where something was measured.
function surfaceOf(data, across, up, cells, goodness) {
  const extents = [across, up].map((parameter) => [0, data.parameters[parameter].values.length - 1]);
  const [width, height] = extents.map(([, last]) => last);
  const f = surface(cells.map(({ place: [x, y], mean }) => ({ x, y, value: mean })), width, height);
  const grid = sample(f, extents[0], extents[1], steps);
  const means = cells.map((cell) => cell.mean);
  const [least, greatest] = [Math.min(...means), Math.max(...means)];
  const lines = greatest === least ? [] : Array.from({ length: levels }, (_, i) => isoline(grid, least + ((i + 1) * (greatest - least)) / (levels + 1)));
  const picture = paint(grid, goodness);
  const corner = (api) => [api.coord([0, height]), api.coord([width, 0])];
  return [
    { type: "custom", silent: true, data: [[0, 0]], renderItem: (_, api) => {
      const [[left, top], [right, bottom]] = corner(api);
      const at = ([x, y]) => [left + ((right - left) * x) / steps, bottom - ((bottom - top) * y) / steps];
      const piece = (ends) => ({ type: "polyline", shape: { points: ends.map(at) }, style: { stroke: "#fff", fill: "none", lineWidth: 1, opacity: 0.75 } });
      return { type: "group", children: [
        { type: "image", style: { image: picture, x: left, y: top, width: right - left, height: bottom - top, opacity: isDark() ? 0.9 : 1 } },
        ...lines.flat().map(piece),
      ] };
    } },
    { type: "scatter", symbolSize: 8, data: cells.map((cell) => cell.place),
      itemStyle: { color: color("paper"), borderColor: "#111", borderWidth: 1 }, z: 3 },
  ];
}

function paint(grid, goodness) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = grid.length;
  const context = canvas.getContext("2d");
  grid.forEach((row, y) => row.forEach((value, x) => {
    context.fillStyle = `rgb(${shade(goodness(value))})`;
    context.fillRect(x, grid.length - 1 - y, 1, 1);
  }));
  return canvas;
}

function describe(data, across, up, cell) {
  const count = cell.means.length;
  return tooltip([`${data.parameters[across].name} ${data.parameters[across].values[cell.place[0]]} · ${data.parameters[up].name} ${data.parameters[up].values[cell.place[1]]}`,
    withUnit(`${data.objective.label} ${format(cell.mean)}`, data.objective.unit),
    count === 1 ? "one configuration" : `${count} configurations, from ${format(Math.min(...cell.means))} to ${format(Math.max(...cell.means))}`]);
}
