import { color, isDark } from "../theme.js";
import { format } from "../data.js";
import { axis, createChart, roomForNames, tooltip, tooltipStyle } from "./chart.js";

// Ten colours: Okabe and Ito's, and two greys; the legend and the tooltip name every class besides.
const classes = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#B8A800", "#7A5195", "#8C8C8C", "#3B7A57"];

// Encoded test images in the plane of a projection.
export function startLatentPoints(models, choice) {
  const element = document.getElementById("latent-chart");
  if (!element) return;
  const box = document.getElementById("latent-points");
  const projection = document.getElementById("latent-projection");
  const chosen = () => models.find((model) => model.id === choice.value);
  const chart = createChart(element, () => draw(chosen()?.points ?? [], projection.value));
  const follow = () => {
    const points = chosen()?.points ?? [];
    box.hidden = points.length === 0;
    [...projection.options].forEach((option) => { option.disabled = !points.some((point) => point[option.value]); });
    if (projection.selectedOptions[0]?.disabled) projection.value = [...projection.options].find((option) => !option.disabled)?.value ?? "pca";
    chart.redraw();
  };
  choice.addEventListener("change", follow);
  projection.addEventListener("change", () => chart.redraw());
  follow();
}

function draw(points, projection) {
  const labels = [...new Set(points.map((point) => point.label))].sort((a, b) => a - b);
  const plain = (name) => axis(name, { axisLabel: { color: color("muted"), fontSize: 11, formatter: format } });
  const names = projection === "pca" ? ["first component", "second component"] : ["t-SNE 1", "t-SNE 2"];
  return {
    grid: { left: 8, right: 40, top: 12, bottom: 8, ...roomForNames },
    xAxis: plain(names[0]), yAxis: plain(names[1]),
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => tooltip([`class ${p.data.point.label}`, `test image ${p.data.point.index}`]) }),
    series: labels.map((label, i) => {
      const own = points.filter((point) => point.label === label && point[projection]);
      return { type: "scatter", name: `class ${label}`, symbolSize: 5, itemStyle: { color: classes[i % classes.length], opacity: isDark() ? 0.9 : 0.75 },
        data: [...own.map((point) => ({ value: point[projection], point })), ...centre(own, projection, label)] };
    }),
  };
}

// The class's name at its mean, so that colour is not the only key.
function centre(points, projection, label) {
  if (points.length === 0) return [];
  const mean = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[projection][axis], 0) / points.length);
  return [{ value: mean, point: points[0], symbolSize: 0.1, silent: true,
    label: { show: true, formatter: String(label), fontSize: 13, fontWeight: 600, color: color("ink"), textBorderColor: color("paper"), textBorderWidth: 3 } }];
}
