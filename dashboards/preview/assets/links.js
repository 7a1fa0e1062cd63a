// Links of data: where a click on a value leads to.
import { el } from "./dom.js";
import { interpolateURL, parameters } from "./variables.js";

// linksOf are the links of a field's value: [{title, url, where}]. Where is "here" for a
// dashboard of the preview, "grafana" for what only a Grafana has, else "out".
export function linksOf(field, value, context) {
  return (field.config.links || []).map((l) => {
    const url = address(l.url || "", field, value, context);
    return { title: l.title || url, url, where: whereIs(url, context) };
  });
}

function address(url, field, value, { variables, range }) {
  const label = (name) => encodeURIComponent((Object.hasOwn(field.labels || {}, name) && field.labels[name]) || "");
  const builtin = {
    __url_time_range: `from=${encodeURIComponent(range.rawFrom)}&to=${encodeURIComponent(range.rawTo)}`,
    __from: Math.round(range.from * 1000),
    __to: Math.round(range.to * 1000),
    __all_variables: variables.map(parameters).join("&"),
  };
  url = url
    .replace(/\$\{__(?:field\.labels|data\.fields)(?:\.(\w+)|\["([^"]+)"\])\}/g, (_, a, b) => label(a || b))
    .replace(/\$\{__series\.name\}/g, encodeURIComponent(field.name))
    .replace(/\$\{__value\.raw\}/g, encodeURIComponent(value ?? ""))
    .replace(/\$\{__value\.time\}/g, Math.round((field.times?.at(-1) ?? range.to) * 1000));
  return interpolateURL(url, variables, builtin);
}

function whereIs(url, { boards }) {
  const uid = /^\/d\/([^/?]+)/.exec(url)?.[1];
  if (uid) return boards.some((b) => b.uid === decodeURIComponent(uid)) ? "here" : "grafana";
  return /^https?:\/\//.test(url) ? "out" : "grafana";
}

// anchor is a link as an element; one that only a Grafana can follow says so.
export function anchor({ title, url, where }, ...content) {
  const inside = content.length ? content : [title];
  if (where === "grafana") return el("span", { class: "elsewhere", title: `${title}: in Grafana only` }, ...inside);
  return el("a", { href: url, title, target: where === "out" && "_blank", rel: where === "out" && "noopener noreferrer" }, ...inside);
}

// menu shows links beside the pointer until the next click elsewhere. Without links
// nothing is shown.
export function menu(event, heading, links) {
  document.querySelector(".menu")?.remove();
  if (links.length === 0) return;
  const items = links.map((l) => el("li", {}, anchor(l), l.where === "grafana" && el("small", {}, " in Grafana only")));
  const box = el("div", { class: "menu", style: { left: `${event.pageX + 4}px`, top: `${event.pageY + 4}px` } }, el("strong", {}, heading), el("ul", {}, ...items));
  document.body.append(box);
  const close = (e) => {
    if (box.contains(e.target)) return;
    box.remove();
    document.removeEventListener("pointerdown", close);
  };
  document.addEventListener("pointerdown", close);
}
