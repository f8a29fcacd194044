import { color, isDark } from "../theme.js";
import { estimate, format } from "../data.js";
import { colorsOf, createChart, tooltip, tooltipStyle } from "./chart.js";

// Parallel coordinates whose brushes narrow everything else on the page.
export function startParallel(data, selection) {
  const measured = data.configurations.filter((c) => c.readings.some(Boolean));
  if (data.parameters.length === 0 || measured.length < 3) return;
  document.getElementById("parallel-box").hidden = false;
  const clear = document.getElementById("clear");
  let bound = false;
  let restoring = false;
  let reading = -1;
  let text = "";
  let dataSet = -1;
  let drawn = selection.state.brushes;
  const chart = createChart(document.getElementById("parallel"), (echart) => {
    if (!bound) {
      bound = true;
      echart.on("axisareaselected", (event) => {
        if (restoring) return;
        drawn = intervals(echart, data);
        selection.change({ brushes: drawn });
      });
    }
    return draw(data, selection);
  }, (echart) => restore(echart));

  // A redraw forgets the brushes: they are put back from the selection.
  function restore(echart) {
    restoring = true;
    const byAxis = Map.groupBy(selection.state.brushes, (brush) => brush.axis);
    for (const [axis, brushes] of byAxis)
      echart.dispatchAction({ type: "axisAreaSelect", parallelAxisId: `axis-${axis}`, intervals: brushes.map(({ from, to }) => [from, to]) });
    restoring = false;
  }

  clear.addEventListener("click", () => selection.change({ brushes: [], text: "" }));
  selection.follow((state) => {
    clear.hidden = !selection.isNarrowed();
    // What was brushed here is on the chart already.
    if (state.reading !== reading || state.text !== text || state.data !== dataSet || state.brushes !== drawn) {
      dataSet = state.data;
      reading = state.reading;
      text = state.text;
      drawn = state.brushes;
      chart.redraw();
    }
  });
}

// The chart's own intervals, to four digits: an address need not hold more.
function intervals(echart, data) {
  const axes = [...data.parameters.keys(), data.parameters.length];
  return axes.flatMap((axis) =>
    echart.getModel().getComponent("parallelAxis", axis).activeIntervals
      .map(([from, to]) => ({ axis, from: Number(from.toPrecision(4)), to: Number(to.toPrecision(4)) })));
}

function draw(data, selection) {
  const accent = colorsOf(isDark())[0];
  const last = data.parameters.length;
  const lines = data.configurations.flatMap((configuration, index) => {
    const standing = configuration.readings[selection.state.reading];
    if (!standing || !selection.isOfData(index)) return [];
    return [{
      index,
      value: [...configuration.values, standing.mean],
      lineStyle: { color: standing.best ? accent : color("faint"), width: standing.best ? 2 : 1, opacity: standing.best ? 0.95 : 0.55 },
    }];
  });
  const label = { color: color("ink"), fontSize: 11, backgroundColor: color("paper"), padding: [1, 3], borderRadius: 2 };
  const style = {
    nameTextStyle: { color: color("ink"), fontSize: 12 },
    axisLine: { lineStyle: { color: color("muted") } },
    axisTick: { show: false },
    splitLine: { show: false },
    areaSelectStyle: { width: 18, borderWidth: 1, borderColor: accent, color: accent, opacity: 0.18 },
  };
  return {
    parallel: { left: 72, right: 112, top: 40, bottom: 16 },
    parallelAxis: [
      ...data.parameters.map((parameter, dim) => ({
        ...style, dim, id: `axis-${dim}`, name: parameter.name, type: "value", min: 0, max: Math.max(1, parameter.values.length - 1), interval: 1,
        axisLabel: { ...label, formatter: (v) => (Number.isInteger(v) ? parameter.values[v] ?? "" : "") },
      })),
      { ...style, dim: last, id: `axis-${last}`, name: data.objective.label, type: "value", scale: true, inverse: data.objective.less,
        // An inverted axis ends below: its name stays above like the others'.
        nameLocation: data.objective.less ? "start" : "end",
        axisLabel: { ...label, formatter: format } },
    ],
    tooltip: tooltipStyle({ trigger: "item", formatter: (p) => {
      const configuration = data.configurations[p.data.index];
      return tooltip([configuration.label, `${data.objective.label} ${estimate(configuration.readings[selection.state.reading])}`]);
    } }),
    series: [{ type: "parallel", inactiveOpacity: 0.06, activeOpacity: 1, data: lines }],
  };
}
