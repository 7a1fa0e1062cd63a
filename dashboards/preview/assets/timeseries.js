// Time series: a line for each series, thresholds, marks, exemplars, and a legend.
import { axis as writeAxis } from "./units.js";
import { chart, timeAxis, tooltip, tooltipLook, valueAxis } from "./chart.js";
import { resolve, theme } from "./colors.js";
import { reduce } from "./fields.js";
import { legendOf } from "./legend.js";
import { linksOf, menu } from "./links.js";
import { marksSeries } from "./annotations.js";
import { stamp } from "./time.js";

// drawTimeSeries draws a panel of type timeseries.
export function drawTimeSeries(body, panel, { fields, answers }, context) {
  const shown = fields.filter((f) => !f.config.custom.hideFrom?.viz);
  if (shown.length === 0) return;
  const now = context.range.to * 1000;
  const first = shown[0].config;
  const right = shown.find((f) => f.config.custom.axisPlacement === "right")?.config;
  const axes = [first, right].filter(Boolean).map((c, i) => ({ ...valueAxis(c, (v) => writeAxis(v, c.unit, c.decimals, now), greatest(shown)), position: i ? "right" : "left" }));
  const steps = answers.map((a) => a.step).filter(Boolean);
  const times = [...new Set(shown.flatMap((f) => f.times))].sort((a, b) => a - b);
  const exemplars = exemplarsOf(answers);
  const series = shown.map((f, i) => line(f, String(i), times, Math.min(...steps)));
  const instance = chartWithLegend(body, panel, shown, (parent) =>
    chart(parent, {
      grid: { left: 4, right: 20, top: 10, bottom: 2, containLabel: true },
      xAxis: timeAxis(context.range),
      yAxis: axes,
      tooltip: { trigger: "axis", ...tooltipLook(), axisPointer: { type: "line", lineStyle: { color: theme("faint") } }, formatter: (points) => hover(panel, shown, points, context) },
      series: [...series, thresholds(first), exemplarSeries(exemplars), marksSeries(context)].filter(Boolean),
    }),
  );
  instance.getZr().on("click", (e) => click(e, instance, shown, exemplars, context));
}

// greatest is the largest value of what is drawn, with stacks added up.
function greatest(fields) {
  const most = fields.map((f) => reduce(f.values, "max") ?? 0);
  return fields[0].config.custom.stacking?.mode === "normal" ? most.reduce((a, b) => a + b, 0) : Math.max(...most);
}

function chartWithLegend(body, panel, fields, make) {
  const legend = legendOf(panel.options?.legend, fields, (at, hidden) => {
    instance.dispatchAction({ type: hidden ? "legendUnSelect" : "legendSelect", name: String(at) });
  });
  if (legend) body.classList.add(panel.options?.legend?.placement === "right" ? "beside" : "above");
  // The legend takes its place first, so that the chart knows its own.
  const space = document.createElement("div");
  space.className = "space";
  body.append(space);
  if (legend) body.append(legend);
  const instance = make(space);
  // Without a component ECharts knows no selection.
  instance.setOption({ legend: { show: false, data: fields.map((_, i) => String(i)) } });
  return instance;
}

// line is a series of ECharts. All have the same times, so that they stack; where
// Prometheus had nothing there is a gap.
function line(field, name, times, step) {
  const { custom } = field.config;
  const known = new Map(field.times.map((t, i) => [t, field.values[i]]));
  const data = [];
  times.forEach((t, i) => {
    if (i > 0 && step && t - times[i - 1] > step * 1.5) data.push([(times[i - 1] + step) * 1000, null]);
    const v = known.get(t);
    data.push([t * 1000, v === undefined || Number.isNaN(v) ? null : v]);
  });
  const alone = field.values.length === 1;
  const stacked = custom.stacking?.mode && custom.stacking.mode !== "none";
  const width = custom.lineWidth ?? 1;
  const dashed = custom.lineStyle?.fill === "dash" || custom.lineStyle?.fill === "dot";
  return {
    type: custom.drawStyle === "bars" ? "bar" : "line",
    name,
    data,
    yAxisIndex: custom.axisPlacement === "right" ? 1 : 0,
    symbol: "circle",
    symbolSize: custom.pointSize ?? 5,
    showSymbol: alone || custom.showPoints === "always" || custom.drawStyle === "points",
    connectNulls: custom.spanNulls === true,
    step: { stepAfter: "end", stepBefore: "start" }[custom.lineInterpolation],
    smooth: custom.lineInterpolation === "smooth" ? 0.3 : false,
    stack: stacked ? custom.stacking.group || "A" : undefined,
    itemStyle: { color: field.color },
    lineStyle: { color: field.color, width: custom.drawStyle === "points" ? 0 : Math.max(width, 1.4), type: dashed ? [6, 5] : "solid" },
    areaStyle: custom.fillOpacity > 0 ? { color: field.color, opacity: custom.fillOpacity / 100 } : undefined,
    emphasis: { disabled: true },
    z: dashed ? 4 : 3,
  };
}

// thresholds are lines over the whole range, drawn where the axis reaches: as in
// Grafana, they do not stretch it.
function thresholds({ thresholds: config, custom }) {
  const mode = custom.thresholdsStyle?.mode || "off";
  if (mode === "off" || !config) return undefined;
  const steps = config.steps.filter((s) => typeof s.value === "number" && s.color !== "transparent");
  const areas = mode.includes("area") || mode === "series";
  return {
    type: "line",
    name: "thresholds",
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: "none",
      label: { show: false },
      data: mode === "area" ? [] : steps.map((s) => ({ yAxis: s.value, lineStyle: { color: resolve(s.color), width: 1.5, type: mode.startsWith("dashed") ? [8, 6] : "solid", opacity: 0.9 } })),
    },
    markArea: areas && {
      silent: true,
      data: steps.map((s, i) => [{ yAxis: s.value, itemStyle: { color: resolve(s.color), opacity: 0.08 } }, { yAxis: steps[i + 1]?.value ?? "max" }]),
    },
    z: 2,
  };
}

function exemplarsOf(answers) {
  return answers.flatMap((a) => (a.exemplars || []).flatMap((e) => e.exemplars.map((x) => ({ value: [x.timestamp * 1000, Number(x.value)], labels: x.labels }))));
}

function exemplarSeries(data) {
  if (data.length === 0) return undefined;
  return { type: "scatter", name: "exemplars", symbol: "diamond", symbolSize: 8, itemStyle: { color: theme("accent"), opacity: 0.8 }, data, z: 5 };
}

function hover(panel, fields, points, context) {
  const at = points[0]?.axisValue / 1000;
  const mode = panel.options?.tooltip?.sort;
  const rows = points
    .filter((p) => p.seriesType !== "scatter" && p.value?.[1] !== null && fields[Number(p.seriesName)])
    .map((p) => ({ field: fields[Number(p.seriesName)], value: p.value[1] }));
  if (mode === "desc") rows.sort((a, b) => b.value - a.value);
  if (mode === "asc") rows.sort((a, b) => a.value - b.value);
  const marks = context.marks.filter((m) => at >= m.from - m.step && at <= m.to + m.step).map((m) => [m.color, m.title, m.text]);
  return tooltip(stamp(at), [...rows.map(({ field, value }) => [field.color, field.name, field.write(value)]), ...marks]);
}

// click shows the trace of an exemplar under the pointer, else the links of the series
// nearest to it.
function click(event, instance, fields, exemplars, context) {
  const pointer = [event.offsetX, event.offsetY];
  if (!instance.containPixel("grid", pointer)) return;
  const distance = (at) => Math.hypot(...instance.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, at).map((p, i) => p - pointer[i]));
  const trace = exemplars.find((e) => distance(e.value) < 8);
  if (trace) {
    menu(event.event, "Exemplar", Object.entries(trace.labels).map(([k, v]) => ({ title: `${k} ${v}`, url: "", where: "grafana" })));
    return;
  }
  let best;
  for (const field of fields) {
    field.times.forEach((t, i) => {
      const off = distance([t * 1000, field.values[i]]);
      if (!best || off < best.off) best = { off, field, value: field.values[i] };
    });
  }
  if (best) menu(event.event, best.field.name, linksOf(best.field, best.value, context));
}
