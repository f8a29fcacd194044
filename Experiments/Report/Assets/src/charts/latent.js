import { color, isDark } from "../theme.js";
import { format } from "../data.js";
import { prepare, thumbnail } from "../thumbnails.js";
import { axis, createChart, roomForNames, tooltip, tooltipStyle } from "./chart.js";

// Ten colours: Okabe and Ito's, and two greys; the legend and the tooltip name every class besides.
const classes = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#B8A800", "#7A5195", "#8C8C8C", "#3B7A57"];
const names = { codes: ["z1", "z2"], pca: ["first component", "second component"], tsne: ["t-SNE 1", "t-SNE 2"] };

// Encoded test images in the plane of a projection.
export function startLatentPoints(models, sheets, choice) {
  const element = document.getElementById("latent-chart");
  if (!element) return;
  const box = document.getElementById("latent-points");
  const projection = document.getElementById("latent-projection");
  const chosen = () => models.find((model) => model.id === choice.value)?.points;
  const chart = createChart(element, () => draw(chosen(), sheets, projection.value));
  const follow = () => {
    const points = chosen();
    box.hidden = !points;
    if (!points) return;
    prepare(sheets[points.sheet]);
    [...projection.options].forEach((option) => { option.disabled = option.hidden = !points[option.value]; });
    if (projection.selectedOptions[0]?.disabled !== false)
      projection.value = [...projection.options].find((option) => !option.disabled)?.value;
    chart.redraw();
  };
  choice.addEventListener("change", follow);
  projection.addEventListener("change", () => chart.redraw());
  follow();
}

function draw(points, sheets, projection) {
  const flat = points?.[projection] ?? [];
  const all = (points?.indices ?? []).map((index, at) => ({ at, index, label: points.labels[at], value: [flat[2 * at], flat[2 * at + 1]] }));
  const labels = [...new Set(all.map((point) => point.label))].sort((a, b) => a - b);
  const plain = (name) => axis(name, { axisLabel: { color: color("muted"), fontSize: 11, formatter: format } });
  const [across, up] = names[projection] ?? ["", ""];
  return {
    grid: { left: 8, right: 40, top: 12, bottom: 8, ...roomForNames },
    xAxis: plain(across), yAxis: plain(up),
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => describe(p.data.point, sheets[points.sheet]) }),
    series: labels.map((label, i) => {
      const own = all.filter((point) => point.label === label);
      return { type: "scatter", name: `class ${label}`, symbolSize: 5, itemStyle: { color: classes[i % classes.length], opacity: isDark() ? 0.9 : 0.75 },
        data: [...own.map((point) => ({ value: point.value, point })), ...centre(own, label)] };
    }),
  };
}

function describe(point, sheet) {
  const box = tooltip([point.label === undefined ? "no class" : `class ${point.label}`, `test image ${point.index}`]);
  const picture = thumbnail(sheet, point.at);
  if (picture) box.prepend(picture);
  return box;
}

// The class's name at its mean, so that colour is not the only key.
function centre(points, label) {
  if (points.length === 0 || label === undefined) return [];
  const mean = [0, 1].map((axis) => points.reduce((sum, point) => sum + point.value[axis], 0) / points.length);
  return [{ value: mean, point: points[0], symbolSize: 0.1, silent: true,
    label: { show: true, formatter: String(label), fontSize: 13, fontWeight: 600, color: color("ink"), textBorderColor: color("paper"), textBorderWidth: 3 } }];
}
