import * as echarts from "echarts/core";
import { LineChart, ScatterChart, ParallelChart, CustomChart } from "echarts/charts";
import { GridComponent, TooltipComponent, ParallelComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { color, onTheme } from "../theme.js";

echarts.use([LineChart, ScatterChart, ParallelChart, CustomChart, GridComponent, TooltipComponent, ParallelComponent, LabelLayout, CanvasRenderer]);

// Okabe and Ito's palette: told apart by every kind of colour vision.
const palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
const paletteDark = ["#56B4E9", "#E69F00", "#2BC49A", "#E79BC4", "#F0E442", "#8AB8FF"];
const charts = [];

export function colorsOf(dark) {
  return dark ? paletteDark : palette;
}

// A chart that is drawn when it comes near the screen, and again after a change of theme, size or paper.
export function createChart(element, draw, drawn = () => {}) {
  let chart = null;
  let wanted = false;
  const redraw = () => {
    if (!wanted) return;
    chart ??= echarts.init(element, null, { renderer: "canvas" });
    chart.setOption({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...draw(chart) }, true);
    drawn(chart);
  };
  const show = () => {
    wanted = true;
    redraw();
  };
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    show();
  }, { rootMargin: "400px" }).observe(element);
  // The layout of paper is no reason to draw for another size.
  new ResizeObserver(() => { if (!window.matchMedia("print").matches) chart?.resize(); }).observe(element);
  onTheme(redraw);
  charts.push({ redraw, draw: show });
  return { redraw };
}

// Paper is light, and holds every chart, seen or not; the style sheet fits them to its width.
let screenTheme;
window.addEventListener("beforeprint", () => {
  screenTheme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  charts.forEach((chart) => chart.draw());
});
window.addEventListener("afterprint", () => {
  if (screenTheme) document.documentElement.dataset.theme = screenTheme;
  else delete document.documentElement.dataset.theme;
  charts.forEach((chart) => chart.redraw());
});

// The names of the axes fit inside the chart as well as their labels.
export const roomForNames = { outerBoundsMode: "same", outerBoundsContain: "all" };

export function axis(name, extra = {}) {
  return {
    name,
    nameLocation: "middle",
    nameGap: 28,
    scale: true,
    nameTextStyle: { color: color("muted"), fontSize: 12 },
    axisLabel: { color: color("muted"), fontSize: 11, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: color("rule") } },
    axisTick: { show: false },
    splitLine: { show: false },
    ...extra,
  };
}

// Tooltips are built out of nodes: no text of a person's is ever parsed as markup, and no inline style is needed.
export function tooltip(lines) {
  const box = document.createElement("div");
  lines.forEach((text, index) => {
    const line = document.createElement("div");
    line.className = index === 0 ? "tip-title" : "tip-line";
    line.textContent = text;
    box.append(line);
  });
  return box;
}

export function tooltipStyle(extra) {
  return {
    className: "tip",
    backgroundColor: color("raised"),
    borderColor: color("rule"),
    textStyle: { color: color("ink"), fontSize: 12 },
    confine: true,
    transitionDuration: 0,
    ...extra,
  };
}
