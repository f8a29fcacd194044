import { color, isDark } from "../theme.js";
import { estimate, format, withUnit } from "../data.js";
import { axis, colorsOf, createChart, tooltip, tooltipStyle } from "./chart.js";

// Small multiples: the objective against each parameter.
export function startEffects(data, selection) {
  for (const element of document.querySelectorAll("[data-effect]")) {
    const parameter = Number(element.dataset.effect);
    const chart = createChart(element, () => draw(data, selection, parameter));
    selection.follow(() => chart.redraw());
  }
}

function draw(data, selection, parameter) {
  const { values, name } = data.parameters[parameter];
  const accent = colorsOf(isDark())[0];
  const dots = [];
  const groups = values.map(() => []);
  data.configurations.forEach((configuration, index) => {
    const standing = configuration.readings[selection.state.reading];
    if (!standing || !selection.keeps(index)) return;
    const place = configuration.values[parameter];
    groups[place].push(standing.mean);
    dots.push({ value: [place, standing.mean], index, itemStyle: { color: standing.best ? accent : color("faint") } });
  });
  spread(dots);
  const slices = slicesOf(data, parameter, dots);
  const means = groups.map((group) => (group.length ? group.reduce((a, b) => a + b) / group.length : null));
  return {
    grid: { left: 8, right: 14, top: 12, bottom: 34, containLabel: true },
    xAxis: axis(name, { type: "value", scale: false, min: -0.5, max: values.length - 0.5, interval: 0.5,
      axisLabel: { color: color("muted"), fontSize: 11, formatter: (v) => (Number.isInteger(v) ? values[v] : "") } }),
    yAxis: axis("", { axisLine: { show: false }, splitNumber: 4, splitLine: { show: true, lineStyle: { color: color("grid") } },
      axisLabel: { color: color("muted"), fontSize: 11, formatter: format } }),
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => describe(data, selection, p, values, name) }),
    series: [
      { type: "line", silent: true, data: slices, symbol: "none", lineStyle: { color: color("faint"), width: 0.8, opacity: 0.5 }, z: 1 },
      { type: "line", data: means.map((mean, place) => [place, mean]), connectNulls: true, symbol: "rect", symbolSize: [14, 3],
        lineStyle: { color: color("muted"), width: 1.2 }, itemStyle: { color: color("ink") }, z: 3 },
      { type: "scatter", data: dots, symbolSize: 7, itemStyle: { opacity: 0.8 } },
    ],
  };
}

// A line for each slice: the configurations that differ in this parameter alone. Gaps part one from the next.
function slicesOf(data, parameter, dots) {
  const slices = groupBy(dots, ({ index }) => data.configurations[index].values.toSpliced(parameter, 1).join());
  return [...slices.values()]
    .filter((slice) => new Set(slice.map((dot) => data.configurations[dot.index].values[parameter])).size > 1)
    .flatMap((slice) => [...slice.map((dot) => dot.value).sort((a, b) => a[0] - b[0]), ["-", "-"]]);
}

// Configurations of one value stand beside each other, not upon each other; the same way every time.
function spread(dots) {
  const golden = 0.618034; // its multiples never line up
  const byPlace = groupBy(dots, (dot) => dot.value[0]);
  for (const group of byPlace.values())
    group.forEach((dot, i) => { dot.value[0] += group.length > 1 ? 0.36 * (((i * golden) % 1) - 0.5) : 0; });
}

function groupBy(dots, keyOf) {
  const groups = new Map();
  for (const dot of dots) {
    const key = keyOf(dot);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(dot);
  }
  return groups;
}

function describe(data, selection, point, values, name) {
  if (point.seriesType === "line") return tooltip([`${name} ${values[point.value[0]]}`, `mean ${format(point.value[1])}`]);
  const configuration = data.configurations[point.data.index];
  const standing = configuration.readings[selection.state.reading];
  return tooltip([configuration.label, withUnit(`${data.objective.label} ${estimate(standing)}`, data.objective.unit), `rank ${standing.rank}`]);
}
