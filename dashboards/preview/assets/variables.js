// Variables: what the viewer selects, and what takes its place in a query.
import { Failure, labelValues } from "./api.js";
import { pattern } from "./fields.js";

const all = "$__all";

// load finds the options and the selection of each variable in order, since later ones
// ask with the earlier. The address of the page says what is selected; otherwise the
// dashboard does.
export async function load(list, address, range) {
  const variables = [];
  for (const model of list) {
    const v = { name: model.name, label: model.label || model.name, hidden: model.hide === 2 || model.hide === "hideVariable", multi: !!model.multi, includeAll: !!model.includeAll, allValue: model.allValue, type: model.type, options: [] };
    variables.push(v);
    try {
      v.options = await optionsOf(model, variables, range);
      if (model.regex) v.options = filtered(v.options, model.regex);
    } catch (error) {
      v.error = error.message;
    }
    v.selected = selection(v, model, address.getAll(`var-${v.name}`));
  }
  return variables;
}

function selection(v, model, given) {
  if (given.length > 0) return given;
  const current = [model.current?.value ?? []].flat().filter((x) => x !== "");
  if (v.type === "datasource") return v.options;
  if (current.length > 0 && (current[0] === all ? v.includeAll : v.type !== "query" || v.options.includes(current[0]))) return current;
  if (v.includeAll) return [all];
  return v.options.slice(0, 1);
}

async function optionsOf(model, before, range) {
  const query = typeof model.query === "string" ? model.query : model.query?.query || "";
  switch (model.type) {
    case "datasource":
      return ["preview"];
    case "constant":
    case "textbox":
      return [query];
    case "custom":
    case "interval":
      return query.split(",").map((x) => x.trim());
    case "query": {
      const asked = /^\s*label_values\((?:(.*),)?\s*([a-zA-Z_]\w*)\s*\)\s*$/s.exec(query);
      if (!asked) throw new Failure(`The preview understands label_values(...), not ${query}.`);
      const match = asked[1] && interpolate(asked[1].trim(), before);
      const values = await labelValues(asked[2], match, range.from, range.to);
      return model.sort === 2 ? values.sort().reverse() : values;
    }
    default:
      throw new Failure(`The preview knows no variables of type ${model.type}.`);
  }
}

function filtered(options, regex) {
  const wanted = pattern(regex);
  return options.map((o) => wanted.exec(o)).filter(Boolean).map((m) => m[1] ?? m[0]);
}

const reference = /\$(\w+)|\[\[(\w+)(?::(\w+))?\]\]|\$\{(\w+)(?::(\w+))?\}/g;

// interpolate replaces variables in PromQL, and what builtin says, such as
// __interval. What nobody knows stays.
export function interpolate(text, variables, builtin = {}) {
  return replaced(text, variables, builtin, undefined);
}

// interpolateText replaces variables in titles and notes: by what the viewer reads.
export function interpolateText(text, variables, builtin = {}) {
  return replaced(text, variables, builtin, "text");
}

// interpolateURL replaces variables in links.
export function interpolateURL(text, variables, builtin = {}) {
  return replaced(text, variables, builtin, "percentencode");
}

function replaced(text, variables, builtin, usual) {
  return String(text).replace(reference, (whole, a, b, formatB, c, formatC) => {
    const name = a || b || c;
    if (Object.hasOwn(builtin, name)) return String(builtin[name]);
    const v = variables.find((known) => known.name === name);
    return v ? written(v, formatB || formatC || usual) : whole;
  });
}

const regexp = (s) => s.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

// quotedRegexp is a value inside a string of PromQL that is a regular expression.
const quotedRegexp = (s) => regexp(s).replace(/\\/g, "\\\\").replace(/"/g, '\\"');

function written(v, format) {
  const isAll = v.selected[0] === all;
  const values = isAll && v.includeAll ? v.options : v.selected;
  switch (format) {
    case "queryparam":
      return parameters(v);
    case "text":
      return isAll ? "All" : values.join(" + ");
    case "csv":
    case "raw":
      return isAll && v.allValue ? v.allValue : values.join(",");
    case "pipe":
      return values.join("|");
    case "percentencode":
      return encodeURIComponent(isAll && v.allValue ? v.allValue : values.join(","));
  }
  if (isAll && v.allValue) return v.allValue;
  if (format === "regex") return values.length === 1 ? regexp(values[0]) : `(${values.map(regexp).join("|")})`;
  if (!v.multi && !v.includeAll) return values[0] ?? "";
  if (values.length === 1) return quotedRegexp(values[0]);
  return `(${values.map(quotedRegexp).join("|")})`;
}

// parameters are the variable in the address of a page.
export function parameters(v) {
  return v.selected.map((x) => `var-${v.name}=${encodeURIComponent(x)}`).join("&");
}

// isAll says whether everything is selected.
export const isAll = (v) => v.selected[0] === all;
