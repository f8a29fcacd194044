import { color, isDark } from "../theme.js";
import { estimate, format } from "../data.js";
import { axis, colorsOf, createChart, tooltip, tooltipStyle } from "./chart.js";

// Rate against distortion, with the Pareto front.
export function startPlane(data, selection) {
  const element = document.getElementById("plane-chart");
  if (!element || !data.plane) return;
  const chart = createChart(element, () => draw(data, selection));
  selection.follow(() => chart.redraw());
}

function draw(data, selection) {
  const accent = colorsOf(isDark())[0];
  const points = [];
  data.configurations.forEach((configuration, index) => {
    const standing = configuration.readings[selection.state.reading];
    if (!standing || standing.rate === null || standing.distortion === null || !selection.keeps(index)) return;
    points.push({ value: [standing.rate, standing.distortion], index, best: standing.best });
  });
  const beta = data.parameters.findIndex((parameter) => parameter.name === "beta");
  const crowded = points.length > 40;
  return {
    grid: { left: 28, right: 24, top: 18, bottom: 40, containLabel: true },
    xAxis: axis(data.plane[0], { splitLine: { show: true, lineStyle: { color: color("grid") } }, axisLabel: { color: color("muted"), fontSize: 11, formatter: format } }),
    yAxis: axis(data.plane[1], { nameGap: 44, splitLine: { show: true, lineStyle: { color: color("grid") } }, axisLabel: { color: color("muted"), fontSize: 11, formatter: format } }),
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => describe(data, selection, p) }),
    series: [
      { type: "line", silent: true, symbol: "none", data: front(points), lineStyle: { color: color("muted"), width: 1, type: "dashed" } },
      { type: "scatter", symbolSize: 9, data: points.map((point) => ({
        ...point,
        itemStyle: { color: point.best ? accent : color("faint") },
        label: { show: beta >= 0 && !crowded, position: "right", fontSize: 10, color: color("muted"),
          formatter: () => `β ${data.parameters[beta].values[data.configurations[point.index].values[beta]]}` },
      })), labelLayout: { hideOverlap: true }, z: 3 },
    ],
  };
}

// The points that no other beats in both.
function front(points) {
  let best = Infinity;
  return points
    .map((point) => point.value)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .filter((value) => (value[1] < best ? ((best = value[1]), true) : false));
}

function describe(data, selection, point) {
  const configuration = data.configurations[point.data.index];
  const standing = configuration.readings[selection.state.reading];
  return tooltip([configuration.label, `${data.plane[0]} ${format(standing.rate)}`, `${data.plane[1]} ${format(standing.distortion)}`,
    `${data.objective.label} ${estimate(standing)}`]);
}
