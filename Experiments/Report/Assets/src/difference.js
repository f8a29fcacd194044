import { color, isDark } from "./theme.js";
import { format, withUnit } from "./data.js";
import { narrowOptions } from "./narrowing.js";
import { axis, colorsOf, createChart, tooltip, tooltipStyle } from "./charts/chart.js";

// Any two trials: what differs in their parameters, figures, curves and surroundings.
export function startDifference(data, selection) {
  const element = document.getElementById("report-trials");
  if (!element) return;
  const trials = JSON.parse(element.textContent);
  const selects = [document.getElementById("first-trial"), document.getElementById("second-trial")];
  const only = document.getElementById("only-differences");
  const curve = document.getElementById("difference-curve");
  selects.forEach((select) => select.append(...trials.trials.map((trial) => option(trial.id, nameOf(data, trial)))));
  curve.append(...trials.curves.map((label, i) => option(String(i), label)));
  const chosen = () => selects.map((select) => trials.trials.find((trial) => trial.id === select.value));
  const chart = createChart(document.getElementById("difference-chart"), () => draw(data, chosen(), Number(curve.value)));
  const show = () => {
    fill(document.getElementById("difference-table"), data, trials, chosen(), only.checked);
    chart.redraw();
  };
  selects.forEach((select) => select.addEventListener("change", () => selection.change({ trials: selects.map((s) => s.value) })));
  only.addEventListener("change", show);
  curve.addEventListener("change", () => chart.redraw());

  // At first: the best configuration against the next one, by the same seed.
  const first = trials.trials[0];
  const second = trials.trials.find((trial) => trial.of !== first.of && fact(trial, "seed") === fact(first, "seed")) ?? trials.trials[1];
  const known = (id) => trials.trials.some((trial) => trial.id === id);
  selection.follow(({ trials: wanted }) => {
    const pair = wanted ?? ["", ""];
    selects[0].value = known(pair[0]) ? pair[0] : first.id;
    selects[1].value = known(pair[1]) ? pair[1] : second.id;
    selects.forEach((select) => narrowOptions(select, (id) => selection.keeps(trials.trials.find((trial) => trial.id === id).of)));
    show();
    // The command names the two trials that are shown.
    const command = document.querySelector("#again-difference code");
    if (command) command.textContent = `diff ${selects.map(({ value }) => `<(./orchestrator show ${value} --json)`).join(" ")}`;
  });
}

function option(value, text) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
}

const fact = (trial, label) => trial.facts.find((pair) => pair[0] === label)?.[1];
const nameOf = (data, trial) => `${data.configurations[trial.of].label}, seed ${fact(trial, "seed")}`;

function fill(table, data, trials, pair, only) {
  const groups = [
    ["Parameters", [...trials.differing.map((name, i) => [name, ...pair.map((trial) => trial.values[i])]), ...trials.shared.map(([name, value]) => [name, value, value])]],
    ["Last figures", trials.metrics.map((metric, i) => figures(metric, pair.map((trial) => trial.figures[i])))],
    ["Training", rowsOf(pair.map((trial) => trial.facts))],
    ["Where it ran", rowsOf(pair.map((trial) => (trial.environment === undefined ? [] : trials.environments[trial.environment])))],
  ];
  const bodies = groups.flatMap(([title, rows]) => {
    const kept = rows.filter(([, a, b]) => !only || a !== b);
    const body = document.createElement("tbody");
    body.append(heading(kept.length > 0 ? title : `${title}: no difference`), ...kept.map((cells) => row("td", cells, cells[1] === cells[2] ? "same" : "")));
    return [body];
  });
  const head = document.createElement("thead");
  head.append(row("th", ["", nameOf(data, pair[0]), nameOf(data, pair[1]), "second minus first"], ""));
  table.replaceChildren(head, ...bodies);
}

function figures(metric, [a, b]) {
  const known = a !== null && b !== null;
  return [withUnit(metric.label, metric.unit), format(a), format(b), known ? format(b - a) : ""];
}

function rowsOf([first, second]) {
  const labels = [...new Set([...first, ...second].map(([label]) => label))];
  const valueOf = (pairs, label) => pairs.find((pair) => pair[0] === label)?.[1] ?? "–";
  return labels.map((label) => [label, valueOf(first, label), valueOf(second, label)]);
}

function heading(text) {
  const made = document.createElement("tr");
  const cell = document.createElement("th");
  made.className = "group";
  cell.colSpan = 4;
  cell.scope = "rowgroup";
  cell.textContent = text;
  made.append(cell);
  return made;
}

function row(kind, cells, className) {
  const made = document.createElement("tr");
  made.className = className;
  [...cells, ""].slice(0, 4).forEach((text, i) => {
    const cell = document.createElement(i === 0 ? "th" : kind);
    if (i === 0) cell.scope = "row";
    cell.className = i === 0 ? "" : "text";
    cell.textContent = text;
    made.append(cell);
  });
  return made;
}

function draw(data, pair, curve) {
  const colors = colorsOf(isDark());
  return {
    grid: { left: 8, right: 16, top: 16, bottom: 36, containLabel: true },
    xAxis: axis("epoch", { type: "value", minInterval: 1, min: "dataMin", max: "dataMax" }),
    yAxis: axis("", { axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: color("grid") } }, axisLabel: { color: color("muted"), fontSize: 11, formatter: format } }),
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => tooltip([p.seriesName, format(p.value[1]), `epoch ${p.value[0]}`]) }),
    series: pair.map((trial, i) => {
      const flat = trial.series?.[curve] ?? [];
      const points = Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);
      return { type: "line", name: `${i === 0 ? "First" : "Second"}: ${nameOf(data, trial)}`, symbol: i === 0 ? "circle" : "rect", symbolSize: 6,
        data: points, color: colors[i], lineStyle: { color: colors[i], width: 2, type: i === 0 ? "solid" : "dashed" }, itemStyle: { color: colors[i] } };
    }),
  };
}
