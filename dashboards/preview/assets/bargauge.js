// Bar gauge: values side by side as bars of one scale.
import { el } from "./dom.js";
import { colorOf, reduce } from "./fields.js";
import { linksOf, menu } from "./links.js";

// drawBars draws a panel of type bargauge.
export function drawBars(body, panel, { fields }, context) {
  const calc = panel.options?.reduceOptions?.calcs?.[0] || "lastNotNull";
  const bars = fields.map((field) => ({ field, value: reduce(field.values, calc) })).filter((b) => b.value !== undefined);
  // Without a maximum of its own, the largest value is the whole width.
  const greatest = bars.reduce((m, b) => Math.max(m, b.value), 0);
  const rows = bars.map(({ field, value }) => {
    const low = field.config.min ?? 0;
    const high = field.config.max ?? (greatest || 1);
    const share = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
    const color = colorOf(field.config, value);
    const lines = (field.config.thresholds?.steps || [])
      .filter((s) => typeof s.value === "number" && s.value > low && s.value < high)
      .map((s) => el("i", { title: `threshold ${field.write(s.value)}`, style: { left: `${((s.value - low) / (high - low)) * 100}%` } }));
    const row = el("div", { class: "bar" }, el("span", { class: "name", title: field.name }, field.name), el("div", { class: "track" }, el("div", { class: "fill", style: { width: `${share * 100}%`, background: color } }), ...lines), el("span", { class: "number", style: { color } }, field.write(value)));
    const links = linksOf(field, value, context);
    if (links.length > 0) {
      row.classList.add("linked");
      row.addEventListener("click", (e) => menu(e, field.name, links));
    }
    return row;
  });
  body.append(el("div", { class: "bars" }, ...rows));
}
