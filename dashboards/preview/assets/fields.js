// Fields: series with their name and configuration, as a panel's JSON says.
import { byName, resolve, step } from "./colors.js";
import { format } from "./units.js";

// fieldsOf makes fields of the answers to the targets of a panel: [{target, series}].
// now, in milliseconds, is the end of the time range.
export function fieldsOf(panel, answers, now) {
  const fields = answers.flatMap(({ target, series }) =>
    series.map(({ metric, values }) => ({
      refId: target.refId,
      labels: metric,
      name: legend(target.legendFormat, metric),
      times: values.map(([t]) => t),
      values: values.map(([, v]) => Number(v)),
    })),
  );
  for (const f of fields) f.name ||= String(panel.title || "Value");
  for (const f of fields) f.config = configOf(panel, f.name, "number", f.refId);
  for (const f of fields) f.name = f.config.displayName || f.name;
  paint(fields);
  for (const f of fields) f.write = (v, decimals) => write(f.config, v, decimals, now);
  return fields;
}

// legend fills in {{label}}; a label that is absent is nothing.
export function legend(text, metric) {
  if (text && text !== "__auto") {
    return text.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label) => (Object.hasOwn(metric, label) ? metric[label] : "")).replace(/\s+/g, " ").trim();
  }
  const labels = Object.entries(metric).filter(([k]) => k !== "__name__").map(([k, v]) => `${k}="${v}"`);
  return (metric.__name__ || "") + (labels.length ? `{${labels.join(", ")}}` : "");
}

// configOf is the configuration of a field: the defaults, and the overrides that match.
export function configOf(panel, name, type, refId) {
  const { defaults = {}, overrides = [] } = panel.fieldConfig || {};
  const config = structuredClone(defaults);
  config.custom ??= {};
  for (const { matcher, properties } of overrides) {
    if (!matches(matcher, name, type, refId)) continue;
    for (const { id, value } of properties) put(config, id.split("."), value);
  }
  return config;
}

function matches({ id, options }, name, type, refId) {
  switch (id) {
    case "byName":
      return options === name;
    case "byNames":
      return (options?.names || []).includes(name);
    case "byRegexp":
      return pattern(options).test(name);
    case "byType":
      return options === type;
    case "byFrameRefID":
      return options === refId;
    default:
      return false;
  }
}

// pattern is a regular expression as Grafana writes it: with or without slashes.
export function pattern(text) {
  const m = /^\/(.*)\/([a-z]*)$/s.exec(text);
  return m ? new RegExp(m[1], m[2].replace("g", "")) : new RegExp(`^(?:${text})$`);
}

// put sets a property of the object itself, never one of what all objects share.
function put(object, [first, ...rest], value) {
  if (first === "__proto__") return;
  if (rest.length === 0) {
    object[first] = value;
    return;
  }
  if (!Object.hasOwn(object, first)) object[first] = undefined;
  put((object[first] ??= {}), rest, value);
}

// paint gives each field the colour of its name, or the one that is configured.
function paint(fields) {
  const open = byName(fields.filter((f) => f.config.color?.mode !== "fixed").map((f) => f.name));
  for (const f of fields) {
    const { mode, fixedColor } = f.config.color || {};
    if (mode === "fixed" || mode === "shades") f.color = resolve(fixedColor);
    else if (mode === "thresholds") f.color = resolve(step(f.config, reduce(f.values, "lastNotNull"))?.color);
    else f.color = open.get(f.name);
  }
}

// mapped is what a mapping says of a value: {text, color}; undefined if none does.
export function mapped(config, value) {
  for (const { type, options } of config.mappings || []) {
    if (type === "value" && Object.hasOwn(options, String(value))) return options[String(value)];
    if (type === "range" && value >= (options.from ?? -Infinity) && value <= (options.to ?? Infinity)) return options.result;
    if (type === "regex" && pattern(options.pattern).test(String(value))) return options.result;
    if (type === "special") {
      const none = value === undefined || value === null;
      const is = { __proto__: null, null: none, nan: Number.isNaN(value), "null+nan": none || Number.isNaN(value), true: value === true, false: value === false, empty: value === "" };
      if (is[options.match]) return options.result;
    }
  }
  return undefined;
}

// write is a value as the viewer reads it.
export function write(config, value, decimals, now) {
  return mapped(config, value)?.text ?? format(value, config.unit, decimals ?? config.decimals, now);
}

// colorOf is the colour of a value: that of its mapping, or of its threshold.
export function colorOf(config, value) {
  const { mode, fixedColor } = config.color || {};
  if (mode === "fixed") return resolve(fixedColor);
  return resolve(mapped(config, value)?.color ?? step(config, value)?.color);
}

// reduce is one value of many; undefined if there is none.
export function reduce(values, calc) {
  const has = values.filter((v) => v !== null && !Number.isNaN(v));
  if (has.length === 0) return undefined;
  const sum = () => has.reduce((a, b) => a + b, 0);
  switch (calc) {
    case "min":
      return has.reduce((a, b) => Math.min(a, b));
    case "max":
      return has.reduce((a, b) => Math.max(a, b));
    case "mean":
      return sum() / has.length;
    case "sum":
      return sum();
    case "count":
      return values.length;
    case "first":
    case "firstNotNull":
      return has[0];
    case "range":
      return reduce(has, "max") - reduce(has, "min");
    case "diff":
      return has.at(-1) - has[0];
    default:
      return has.at(-1);
  }
}

// calcNames are the heads of a legend's columns.
export const calcNames = { __proto__: null, lastNotNull: "Last", last: "Last", max: "Max", min: "Min", mean: "Mean", sum: "Total", first: "First", firstNotNull: "First", count: "Count", range: "Range", diff: "Difference" };
