// Legends: names of series with calculated values, under or beside a chart.
import { el, swatch } from "./dom.js";
import { calcNames, reduce } from "./fields.js";

// legendOf is the legend that the options ask for; undefined for none. A click on a
// name hides or shows its series: toggle(at, hidden).
export function legendOf(options, fields, toggle) {
  if (!options || options.showLegend === false || options.displayMode === "hidden") return undefined;
  const shown = fields.map((field, at) => ({ field, at })).filter(({ field }) => !field.config.custom.hideFrom?.legend);
  const calcs = options.calcs || [];
  const mark = (field) => swatch(field.color, ["dash", "dot"].includes(field.config.custom.lineStyle?.fill));
  const name = ({ field, at }) => {
    const button = el("button", { type: "button", title: field.name, onclick: () => toggle(at, button.classList.toggle("off")) }, mark(field), field.name);
    return button;
  };
  const value = (field, calc) => field.write(reduce(field.values, calc));
  if (options.displayMode !== "table") {
    const items = shown.map((s) => el("li", {}, name(s), ...calcs.map((c) => el("span", { class: "faint" }, ` ${calcNames[c] || c}: ${value(s.field, c)}`))));
    return el("ul", { class: "legend" }, ...items);
  }
  const head = el("tr", {}, el("th"), ...calcs.map((c) => el("th", { class: "number" }, calcNames[c] || c)));
  const rows = shown.map((s) => el("tr", {}, el("td", {}, name(s)), ...calcs.map((c) => el("td", { class: "number" }, value(s.field, c)))));
  return el("div", { class: "legend" }, el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows)));
}

// stateLegend is a list of [color, text], without values.
export function stateLegend(states) {
  return el("ul", { class: "legend" }, ...states.map(([color, text]) => el("li", {}, swatch(color), text)));
}
