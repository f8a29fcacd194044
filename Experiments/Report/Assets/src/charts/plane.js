import { color, isDark } from "../theme.js";
import { estimate, format, withUnit } from "../data.js";
import { axis, colorsOf, createChart, roomForNames, tooltip, tooltipStyle } from "./chart.js";

// Any two measures against each other, with the Pareto front where both have a better direction.
export function startPlane(data, selection) {
  const element = document.getElementById("plane-chart");
  if (!element) return;
  const across = document.getElementById("plane-across");
  const up = document.getElementById("plane-up");
  const note = document.getElementById("plane-note");
  const chart = createChart(element, () => {
    const x = data.measures.findIndex((measure) => measure.name === across.value);
    const y = data.measures.findIndex((measure) => measure.name === up.value);
    const points = pointsOf(data, selection, x, y);
    const best = front(points, data.measures[x].less, data.measures[y].less);
    note.textContent = sentence(data.measures[x], data.measures[y], points, best);
    return draw(data, selection, x, y, points, best ?? []);
  });
  for (const choice of [across, up])
    choice.addEventListener("change", () => selection.change({ plane: [across.value, up.value] }));
  const known = (name) => data.measures.some((measure) => measure.name === name);
  selection.follow(({ plane }) => {
    if (plane && plane.every(known)) [across.value, up.value] = plane;
    chart.redraw();
  });
}

function pointsOf(data, selection, x, y) {
  return data.configurations.flatMap((configuration, index) => {
    const standing = configuration.readings[selection.state.reading];
    if (!standing || !selection.keeps(index)) return [];
    const value = [standing.measures[x], standing.measures[y]];
    return value.includes(null) ? [] : [{ value, index, best: standing.best }];
  });
}

// The points that no other beats in both; none where a measure has no better direction.
export function front(points, lessAcross, lessUp) {
  if (lessAcross === undefined || lessUp === undefined) return null;
  const cost = ({ value }) => [lessAcross ? value[0] : -value[0], lessUp ? value[1] : -value[1]];
  let least = Infinity;
  return points
    .map((point) => ({ point, cost: cost(point) }))
    .sort((a, b) => a.cost[0] - b.cost[0] || a.cost[1] - b.cost[1])
    .filter((entry) => (entry.cost[1] < least ? ((least = entry.cost[1]), true) : false))
    .map((entry) => entry.point);
}

function sentence(x, y, points, best) {
  if (points.length === 0) return `No configuration has both figures at this reading; time is known at the last one.`;
  const neutral = [x, y].filter((measure) => measure.less === undefined).map((measure) => measure.label);
  if (best === null) return `${neutral.join(" and ")} ${neutral.length > 1 ? "have" : "has"} no better direction, so there is no Pareto front.`;
  return `Dashed: the Pareto front, ${best.length} of ${points.length} configurations that no other beats in both. Means over seeds; the front is an estimate.`;
}

function draw(data, selection, x, y, points, best) {
  const accent = colorsOf(isDark())[0];
  const beta = data.parameters.findIndex((parameter) => parameter.name === "beta");
  const crowded = points.length > 40;
  const onFront = new Set(best.map((point) => point.index));
  const grid = { splitLine: { show: true, lineStyle: { color: color("grid") } }, axisLabel: { color: color("muted"), fontSize: 11, formatter: format } };
  return {
    grid: { left: 8, right: 24, top: 18, bottom: 8, ...roomForNames },
    xAxis: axis(withUnit(data.measures[x].label, data.measures[x].unit), grid),
    yAxis: axis(withUnit(data.measures[y].label, data.measures[y].unit), grid),
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => describe(data, selection, x, y, p) }),
    series: [
      { type: "line", silent: true, symbol: "none", data: best.map((point) => point.value), lineStyle: { color: color("muted"), width: 1, type: "dashed" } },
      { type: "scatter", symbolSize: 9, data: points.map((point) => ({
        ...point,
        itemStyle: { color: point.best ? accent : color("faint"), borderColor: onFront.has(point.index) ? color("ink") : "transparent", borderWidth: 1 },
        label: { show: beta >= 0 && !crowded, position: "right", fontSize: 10, color: color("muted"),
          formatter: () => `β ${data.parameters[beta].values[data.configurations[point.index].values[beta]]}` },
      })), labelLayout: { hideOverlap: true }, z: 3 },
    ],
  };
}

function describe(data, selection, x, y, point) {
  const configuration = data.configurations[point.data.index];
  const lines = [x, y].map((i) => withUnit(`${data.measures[i].label} ${format(point.data.value[i === x ? 0 : 1])}`, data.measures[i].unit));
  return tooltip([configuration.label, ...lines, `${data.objective.label} ${estimate(configuration.readings[selection.state.reading])}`]);
}
