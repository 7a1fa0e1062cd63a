// Table: labels and values of instant queries as rows.
import { readable, resolve } from "./colors.js";
import { el } from "./dom.js";
import { colorOf, configOf, mapped, write } from "./fields.js";
import { anchor, linksOf, menu } from "./links.js";
import { apply, frames, labels, sorted } from "./transform.js";

// drawTable draws a panel of type table.
export function drawTable(body, panel, { answers }, context) {
  const { tables, unknown } = apply(frames(answers), panel.transformations);
  const notes = unknown.map((id) => `The preview does not know the transformation ${id}.`);
  if (tables.length > 1) notes.push("Grafana shows one query at a time here: this is the first.");
  const now = context.range.to * 1000;
  let { columns, rows } = tables.find((t) => t.rows.length > 0) || tables[0];
  columns = columns.map((c) => {
    const config = configOf(panel, c.name, c.type, c.refId);
    return { ...c, key: c.key ?? c.name, config, head: config.displayName || c.name };
  });
  columns = columns.filter((c) => !c.config.custom.hidden && !c.config.custom.hideFrom?.viz);
  // A dashboard may sort by the name that it gives a column.
  const sort = panel.options?.sortBy?.[0];
  if (sort) {
    const by = columns.find((c) => c.head === sort.displayName || c.name === sort.displayName);
    if (by) rows = sorted({ columns, rows }, by.name, sort.desc).rows;
  }
  const most = 200;
  const lines = rows.slice(0, most).map((row) => el("tr", {}, ...columns.map((c) => cell(c, row, now, context))));
  if (rows.length > most) notes.push(`${rows.length - most} rows more.`);
  const head = el("tr", {}, ...columns.map((c) => el("th", { class: c.type === "number" && "number", style: widthOf(c) }, c.head)));
  body.append(el("div", { class: "scroll" }, el("table", { class: "data" }, panel.options?.showHeader !== false && el("thead", {}, head), el("tbody", {}, ...lines)), ...notes.map((n) => el("p", { class: "faint" }, n))));
}

function widthOf({ config }) {
  return config.custom.width ? { width: `${config.custom.width}px` } : {};
}

function cell(column, row, now, context) {
  const { config, type, key } = column;
  const value = row[key];
  const field = { name: column.head, config, labels: row[labels], times: [] };
  const unit = type === "time" ? { ...config, unit: "dateTimeAsIso" } : type === "string" ? { ...config, unit: "string" } : config;
  const text = value === undefined || Number.isNaN(value) ? "" : write(unit, value, undefined, now);
  const links = linksOf(field, value, context);
  const inside = links.length === 1 && text ? anchor(links[0], text) : text;
  const td = el("td", { class: type === "number" && "number" }, inside);
  if (links.length > 1) {
    td.classList.add("linked");
    td.addEventListener("click", (e) => menu(e, text, links));
  }
  paint(td, config, value, type);
  return td;
}

function paint(td, config, value, type) {
  if (value === undefined || (type !== "number" && !mapped(config, value))) return;
  const kind = config.custom.cellOptions?.type;
  const color = type === "number" ? colorOf(config, value) : resolve(mapped(config, value).color);
  if (kind === "color-text") td.style.color = color;
  if (kind === "color-background") Object.assign(td.style, { background: color, color: readable(color) });
  if (kind === "gauge" && type === "number") {
    const share = Math.min(1, Math.max(0, (value - (config.min ?? 0)) / ((config.max ?? 100) - (config.min ?? 0))));
    td.style.background = `linear-gradient(to right, ${color} ${share * 100}%, transparent 0)`;
  }
}
