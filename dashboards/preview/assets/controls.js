// What the viewer selects: time range and variables. The address of the page has it
// all, so that it can be sent to somebody else.
import { el } from "./dom.js";
import { ranges, stamp } from "./time.js";
import { isAll } from "./variables.js";

// go opens the page with other parameters: a list of values for each name.
function go(changes) {
  const address = new URL(location.href);
  for (const [name, values] of Object.entries(changes)) {
    address.searchParams.delete(name);
    for (const v of values) address.searchParams.append(name, v);
  }
  location.assign(address);
}

// controls fills the form above the panels.
export function controls(form, { variables, range, sources }) {
  form.addEventListener("submit", (e) => e.preventDefault());
  form.append(...variables.filter((v) => !v.hidden && v.type !== "datasource" && v.type !== "constant").map(control));
  form.append(
    ...sources.map((s) => el("span", { class: "source", title: s.error || `${s.marks.length} in this range` }, el("span", { class: "swatch", style: { color: s.color } }), `${s.name}: ${s.error || s.marks.length}`)),
    el("span", { class: "grow" }),
    el("span", { class: "faint" }, `${stamp(range.from)} to ${stamp(range.to)}`),
    times(range),
    el("button", { type: "button", onclick: () => location.reload() }, "Reload"),
  );
}

function times(range) {
  const chosen = range.rawTo === "now" ? range.rawFrom : "";
  const offered = ranges.some(([from]) => from === chosen) ? ranges : [[chosen, chosen ? `${chosen} to now` : "As in the address"], ...ranges];
  const options = offered.map(([from, text]) => el("option", { value: from, selected: from === chosen }, text));
  return el("label", {}, "Time", el("select", { onchange: (e) => e.target.value && go({ from: [e.target.value], to: ["now"] }) }, ...options));
}

function control(v) {
  if (v.error) return el("label", {}, v.label, el("span", { class: "failed" }, v.error));
  const name = `var-${v.name}`;
  if (v.type === "textbox") {
    return el("label", {}, v.label, el("input", { value: v.selected[0] ?? "", onchange: (e) => go({ [name]: [e.target.value] }) }));
  }
  if (v.multi) return several(v, name);
  const options = [...(v.includeAll ? ["$__all"] : []), ...v.options];
  const items = options.map((o) => el("option", { value: o, selected: v.selected.includes(o) }, o === "$__all" ? "All" : o || "(empty)"));
  return el("label", {}, v.label, el("select", { onchange: (e) => go({ [name]: [e.target.value] }) }, ...items));
}

// several is a list of boxes to tick that opens under the names of those ticked.
function several(v, name) {
  const said = isAll(v) ? "All" : v.selected.join(" + ");
  const boxes = v.options.map((o) => el("label", {}, el("input", { type: "checkbox", value: o, checked: !isAll(v) && v.selected.includes(o) }), o || "(empty)"));
  const apply = () => {
    const ticked = boxes.map((b) => b.firstChild).filter((i) => i.checked).map((i) => i.value);
    go({ [name]: ticked.length > 0 ? ticked : ["$__all"] });
  };
  return el(
    "label",
    {},
    v.label,
    el("details", {}, el("summary", { title: said }, said || "None"), el("div", { class: "options" }, v.includeAll && el("button", { type: "button", onclick: () => go({ [name]: ["$__all"] }) }, "All"), ...boxes, el("button", { type: "button", onclick: apply }, "Show"))),
  );
}
