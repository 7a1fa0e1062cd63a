// Heat map: how many of a histogram were in each bucket, over time.
import { chart, tooltip, tooltipLook } from "./chart.js";
import { scheme, theme } from "./colors.js";
import { el } from "./dom.js";
import { stamp, tick } from "./time.js";
import { axis, format } from "./units.js";

// drawHeatmap draws a panel of type heatmap. Prometheus counts what is in a bucket or
// in one below; the panel shows what is in the bucket alone, as Grafana does.
export function drawHeatmap(body, panel, { fields, answers }, context) {
  const buckets = fields.filter((f) => "le" in f.labels).map((f) => ({ ...f, le: Number(f.labels.le.replace("+Inf", "Infinity")) }));
  if (buckets.length === 0) throw new Error("The query has no label le, by which a heat map tells buckets apart.");
  buckets.sort((a, b) => a.le - b.le);
  const { start, end, step } = answers[0];
  const count = Math.round((end - start) / step) + 1;
  const cells = [];
  let most = 0;
  buckets.forEach((b, row) => {
    const below = row > 0 && new Map(buckets[row - 1].times.map((t, i) => [t, buckets[row - 1].values[i]]));
    b.times.forEach((t, i) => {
      const value = Math.max(0, b.values[i] - (below ? below.get(t) ?? 0 : 0));
      if (Number.isNaN(value) || value <= (panel.options?.filterValues?.le ?? 0)) return;
      most = Math.max(most, value);
      cells.push([Math.round((t - start) / step), row, value]);
    });
  });
  const { color = {}, yAxis = {}, legend } = panel.options || {};
  const exponent = color.scale === "exponential" ? color.exponent ?? 0.5 : 1;
  const unit = yAxis.unit || buckets[0].config.unit;
  const names = buckets.map((b) => (b.le === Infinity ? "more" : `≤ ${axis(b.le, unit)}`));
  const shades = scheme(color.scheme);
  // Labels at whole minutes and hours, as those of other charts.
  const every = Math.max(step, ...[60, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400].filter((s) => s <= (end - start) / 4));
  // Gaps between cells would be most of what is seen where there are many.
  const gap = body.clientWidth / count > 8 ? panel.options?.cellGap ?? 1 : 0;
  const space = el("div", { class: "space" });
  body.classList.add("above");
  body.append(space);
  if (legend?.show !== false) body.append(scale(shades, most));
  chart(space, {
    grid: { left: 4, right: 20, top: 10, bottom: 2, containLabel: true },
    xAxis: {
      type: "category",
      data: Array.from({ length: count }, (_, i) => start + i * step),
      axisLabel: { color: theme("faint"), fontSize: 11, hideOverlap: true, interval: (_, t) => Number(t) % every === 0, formatter: (t) => tick(Number(t), context.range) },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: theme("line") } },
    },
    yAxis: { type: "category", data: names, axisLabel: { color: theme("faint"), fontSize: 11, hideOverlap: true }, axisTick: { show: false }, axisLine: { show: false } },
    visualMap: { show: false, min: 0, max: 1, dimension: 3, inRange: { color: shades } },
    tooltip: {
      ...tooltipLook(),
      formatter: ({ color: shade, value: [x, y, v] }) => tooltip(stamp(start + x * step), [[shade, names[y], format(v, "short")]]),
    },
    series: [{ type: "heatmap", progressive: 0, data: cells.map(([x, y, v]) => [x, y, v, (v / most) ** exponent]), itemStyle: { borderWidth: gap, borderColor: theme("panel") }, emphasis: { itemStyle: { borderColor: theme("text") } } }],
  });
}

// scale says which shade is how many.
function scale(shades, most) {
  return el("div", { class: "scale" }, "0", el("span", { style: { background: `linear-gradient(to right, ${shades.join(", ")})` } }), format(most, "short"));
}
