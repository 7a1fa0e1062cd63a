// What all charts of ECharts have in common: theme, axes, size.
import { el } from "./dom.js";
import { theme } from "./colors.js";
import { tick } from "./time.js";

const echarts = window.echarts;

// chart is an instance in a new element at the end of a parent, as large as the space
// that is left.
export function chart(parent, option) {
  const node = el("div", { class: "chart" });
  parent.append(node);
  const instance = echarts.init(node, null, { renderer: "canvas" });
  instance.setOption({ animation: false, textStyle: { fontFamily: theme("font"), fontSize: 11 }, ...option });
  new ResizeObserver(() => instance.resize()).observe(node);
  return instance;
}

// timeAxis is a horizontal axis over a range, in milliseconds.
export function timeAxis(range) {
  return {
    type: "time",
    min: range.from * 1000,
    max: range.to * 1000,
    axisLabel: { color: theme("faint"), fontSize: 11, hideOverlap: true, formatter: (ms) => tick(ms / 1000, range) },
    axisLine: { lineStyle: { color: theme("line") } },
    axisTick: { show: false },
    splitLine: { show: true, lineStyle: { color: theme("grid") } },
    axisPointer: { label: { show: false } },
  };
}

// valueAxis is a vertical axis with values written by write, over values up to most.
export function valueAxis(config, write, most) {
  const fixed = config.max !== undefined && config.min !== undefined;
  const interval = fixed ? (config.max - config.min) / 4 : config.max === undefined ? ticks(config.unit, most) : undefined;
  return {
    interval,
    type: "value",
    min: config.min ?? config.custom.axisSoftMin,
    max: config.max ?? (interval ? Math.ceil(most / interval) * interval : config.custom.axisSoftMax),
    splitNumber: 4,
    axisLabel: { color: theme("faint"), fontSize: 11, formatter: write },
    splitLine: { lineStyle: { color: theme("grid") } },
    axisLine: { show: false },
  };
}

// ticks is the distance of ticks in units that do not count by tens: whole powers of two
// for bytes, whole minutes, hours and days for seconds; undefined for all others.
function ticks(unit, most) {
  if (/bytes|binBps/.test(unit) && unit !== "decbytes" && most > 1024) return 2 ** Math.ceil(Math.log2(most / 5));
  if (unit !== "s" || !(most > 120)) return undefined;
  return [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000, 604800, 1209600, 2592000].find((s) => most / s <= 5);
}

// tooltipLook is the frame of what shows beside the pointer; its content is an element.
export function tooltipLook() {
  return { confine: true, transitionDuration: 0, backgroundColor: theme("raised"), borderColor: theme("line"), padding: 8, textStyle: { color: theme("text"), fontSize: 12 } };
}

// tooltip is the content: a heading, and a row for each [color, name, value].
export function tooltip(heading, rows) {
  const most = 25;
  const more = rows.length > most && el("p", { class: "faint" }, `and ${rows.length - most} more`);
  return el(
    "div",
    { class: "tooltip" },
    el("strong", {}, heading),
    el("table", {}, ...rows.slice(0, most).map(([color, name, value]) => el("tr", {}, el("td", {}, el("span", { class: "swatch", style: { color } })), el("td", {}, name), el("td", { class: "number" }, value)))),
    more,
  );
}
