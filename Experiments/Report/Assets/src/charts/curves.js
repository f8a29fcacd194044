import { color, isDark } from "../theme.js";
import { format, withUnit } from "../data.js";
import { axis, colorsOf, createChart, tooltip, tooltipStyle } from "./chart.js";

const named = 6; // curves in colours of their own; the others are a grey background
const smoothing = 0.7;

// Mean over seeds by epoch; the band reaches from the least to the greatest seed.
export function startCurves(data, selection) {
  const element = document.getElementById("curve-chart");
  if (!element) return;
  const metric = document.getElementById("curve-metric");
  const both = document.getElementById("curve-both");
  const log = document.getElementById("curve-log");
  const smooth = document.getElementById("curve-smooth");
  const note = document.getElementById("curve-note");
  const wanted = () => {
    const chosen = data.curves.find((curve) => curve.name === metric.value);
    const kept = chosen.series.filter((series) => selection.keeps(series.of));
    const other = otherPart(data, chosen);
    const beside = other && both.checked ? kept.slice(0, named).map(({ of }) => other.series.find((series) => series.of === of)) : [];
    const logarithmic = log.checked && [...kept, ...beside].every((series) => !series || series.mean.every((value) => value > 0));
    return { chosen, kept, other, beside, logarithmic };
  };
  const chart = createChart(element, () => draw(data, wanted(), smooth.checked));
  const show = () => {
    const { chosen, kept, other, beside, logarithmic } = wanted();
    element.hidden = kept.length === 0;
    both.disabled = !other;
    note.textContent = sentence(data, chosen, kept, beside.length > 0 && other, log.checked && !logarithmic);
    chart.redraw();
  };
  for (const control of [metric, both, log, smooth]) control.addEventListener("change", show);
  selection.follow(show);
}

// The same quantity of the training images, or of the validation images where those of training are chosen.
function otherPart(data, chosen) {
  const [part, quantity] = chosen.name.split("/");
  return data.curves.find(({ name }) => name === `${part === "train" ? "val" : "train"}/${quantity}`);
}

function sentence(data, chosen, kept, other, refused) {
  const parts = [];
  if (kept.length === 0) parts.push("No trial that counts has a figure of this metric.");
  if (kept.some((series) => series.least)) parts.push("Lines are means over seeds, bands reach from the lowest to the highest seed.");
  if (other) parts.push(`Dashed: ${other.label}.`);
  if (kept.length > named) parts.push(`In colour: the first ${named} in rank. Narrow the leaderboard to see others.`);
  if (chosen.series.length < data.configurations.length && chosen.series.length >= 200) parts.push("The first 200 configurations are drawn.");
  if (refused) parts.push("This metric is not positive everywhere: the scale stays linear.");
  return parts.join(" ");
}

function draw(data, { chosen, kept, beside, logarithmic }, smooth) {
  const colors = colorsOf(isDark());
  const front = kept.slice(0, named);
  const narrow = window.innerWidth < 640;
  const epochs = kept.flatMap((series) => [series.epochs[0], series.epochs.at(-1)]);
  return {
    grid: { left: 8, right: narrow ? 12 : 190, top: 16, bottom: 36, containLabel: true },
    xAxis: axis("epoch", { type: "value", min: Math.min(...epochs), max: Math.max(...epochs), minInterval: 1 }),
    yAxis: axis("", { type: logarithmic ? "log" : "value", axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: color("grid") } }, axisLabel: { color: color("muted"), fontSize: 11, formatter: format } }),
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => describe(data, chosen, kept, p) }),
    series: [
      ...kept.slice(named).map((series) => line(data, series, smoothed(series.mean, smooth), { color: color("faint"), width: 1, opacity: 0.5 })),
      ...front.flatMap((series, i) => (series.least && !smooth ? [band(series, colors[i])] : [])),
      ...(smooth ? front.map((series, i) => line(data, series, series.mean, { color: colors[i], width: 1, opacity: 0.3 }, true)) : []),
      ...beside.flatMap((series, i) => (series ? [line(data, series, smoothed(series.mean, smooth), { color: colors[i], width: 2, type: "dashed" }, true)] : [])),
      ...front.map((series, i) => ({
        ...line(data, series, smoothed(series.mean, smooth), { color: colors[i], width: 2 }),
        z: 5,
      })),
      ...(narrow || front.length === 0 ? [] : [names(data, front, colors, smooth)]),
    ],
  };
}

function line(data, series, values, lineStyle, silent = false) {
  return {
    type: "line", name: String(series.of), silent, symbol: "circle", symbolSize: series.epochs.length > 12 ? 3 : 5,
    showSymbol: series.epochs.length <= 30, itemStyle: { color: lineStyle.color, opacity: lineStyle.opacity ?? 1 },
    lineStyle, data: series.epochs.map((epoch, i) => [epoch, values[i]]),
  };
}

// The curves' names at their ends, moved apart until no two touch.
function names(data, front, colors, smooth) {
  const height = 16;
  return {
    type: "custom", silent: true, z: 6, data: [[front[0].epochs[0], front[0].mean[0]]],
    renderItem: (params, api) => {
      const { y, height: room } = params.coordSys;
      const labels = front
        .map((series, i) => [api.coord([series.epochs.at(-1), smoothed(series.mean, smooth).at(-1)]), data.configurations[series.of].label, colors[i]])
        .sort((a, b) => a[0][1] - b[0][1]);
      let next = y - 8;
      for (const label of labels) next = (label[0][1] = Math.max(label[0][1], next)) + height;
      let least = y + room + 8;
      for (const label of labels.toReversed()) least = (label[0][1] = Math.min(label[0][1], least)) - height;
      return { type: "group", children: labels.flatMap(([[x, at], text, fill]) => [
        { type: "rect", shape: { x: x + 8, y: at - 1, width: 8, height: 2 }, style: { fill } },
        { type: "text", style: { x: x + 20, y: at, text, fill: color("ink"), fontSize: 11, verticalAlign: "middle", width: 166, overflow: "truncate" } },
      ]) };
    },
  };
}

// Exponential smoothing, started at the first value.
function smoothed(values, wanted) {
  if (!wanted) return values;
  let last = values[0];
  return values.map((value) => (last = smoothing * last + (1 - smoothing) * value));
}

function band(series, fill) {
  return {
    type: "custom", silent: true, data: [[series.epochs[0], series.mean[0]]], clip: true, z: 1,
    renderItem: (_, api) => {
      const upper = series.epochs.map((epoch, i) => api.coord([epoch, series.greatest[i]]));
      const lower = series.epochs.map((epoch, i) => api.coord([epoch, series.least[i]])).reverse();
      return { type: "polygon", shape: { points: [...upper, ...lower] }, style: { fill, opacity: 0.14 } };
    },
  };
}

function describe(data, chosen, kept, point) {
  const series = kept.find((candidate) => String(candidate.of) === point.seriesName);
  const at = point.dataIndex;
  const value = format(series.mean[at]) + (series.least ? `, seeds from ${format(series.least[at])} to ${format(series.greatest[at])}` : "");
  return tooltip([data.configurations[series.of].label, withUnit(`${chosen.label} ${value}`, chosen.unit), `epoch ${series.epochs[point.dataIndex]}`]);
}
