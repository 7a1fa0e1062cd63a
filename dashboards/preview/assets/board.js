// The page of one dashboard. It is drawn when body has data-drawn: what is folded is
// not asked for. ?unfold in the address unfolds everything, for pictures.
import * as annotations from "./annotations.js";
import * as api from "./api.js";
import { controls } from "./controls.js";
import { el, painted } from "./dom.js";
import { anchor, menu } from "./links.js";
import { draw, frame } from "./panel.js";
import { parse } from "./time.js";
import { interpolateText, interpolateURL, load, parameters } from "./variables.js";

const main = document.getElementById("board");
const address = new URLSearchParams(location.search);

async function show() {
  const uid = decodeURIComponent(location.pathname.split("/")[2]);
  const [{ boards, scrapeSeconds }, board] = await Promise.all([api.boards(), api.board(uid)]);
  document.title = `${board.title} (preview)`;
  document.getElementById("title").append(el("a", { href: "/" }, "Dashboards"), " / ", board.title);
  const range = rangeOf(board.time || {});
  const context = { boards, range, scrape: scrapeSeconds, variables: await load(board.templating?.list || [], address, range), marks: [] };
  const { sources, marks } = await annotations.load(board.annotations?.list || [], context);
  context.marks = marks;
  controls(document.getElementById("controls"), { ...context, sources });
  document.getElementById("links").append(...(board.links || []).flatMap((l) => links(l, context)));
  const drawings = sections(board.panels || []).map((s) => section(s, context));
  await Promise.all(drawings);
  const count = (state) => document.querySelectorAll(`.panel[data-state=${state}]`).length;
  Object.assign(document.body.dataset, { panels: document.querySelectorAll(".panel").length, empty: count("empty"), failed: count("failed") });
}

function rangeOf(time) {
  const now = Math.floor(Date.now() / 1000);
  const rawFrom = address.get("from") || time.from || "now-1h";
  const rawTo = address.get("to") || time.to || "now";
  const range = { rawFrom, rawTo, from: parse(rawFrom, now), to: parse(rawTo, now) };
  if (!(range.from < range.to)) throw new api.Failure(`The time range from ${rawFrom} to ${rawTo} is none: now-6h, milliseconds since 1970 and ISO 8601 are understood.`);
  return range;
}

// sections are the rows with the panels below each, folded or not; before the first row
// there may be panels without one.
function sections(panels) {
  const all = [{ panels: [] }];
  for (const p of [...panels].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x)) {
    if (p.type === "row") all.push({ title: p.title, folded: p.collapsed, panels: [...(p.panels || [])] });
    else all.at(-1).panels.push(p);
  }
  return all;
}

// section draws a row and, unless it is folded, its panels.
async function section({ title, folded, panels }, context) {
  const top = Math.min(...panels.map((p) => p.gridPos.y));
  const grid = el("div", { class: "grid" });
  const frames = panels.map((p) => {
    const node = frame(p, context);
    const { x, y, w, h } = p.gridPos;
    Object.assign(node.style, { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y - top + 1} / span ${h}` });
    return [node, p];
  });
  grid.append(...frames.map(([node]) => node));
  const drawAll = () => Promise.all(frames.map(([node, p]) => draw(node, p, context)));
  if (title === undefined) {
    main.append(grid);
    return drawAll();
  }
  const open = !folded || address.has("unfold");
  const row = el("details", { class: "row", open }, el("summary", {}, interpolateText(title, context.variables), el("small", { class: "faint" }, ` ${panels.length} panels`)), grid);
  main.append(row);
  if (open) return drawAll();
  grid.remove();
  row.addEventListener("toggle", () => {
    row.append(grid);
    drawAll();
  }, { once: true });
}

// links are those in the head of a dashboard.
function links(link, context) {
  const { variables, range, boards } = context;
  const kept = [link.includeVars && variables.map(parameters).join("&"), link.keepTime && `from=${encodeURIComponent(range.rawFrom)}&to=${encodeURIComponent(range.rawTo)}`].filter(Boolean).join("&");
  if (link.type !== "dashboards") {
    const url = interpolateURL(link.url || "", variables);
    return [anchor({ title: link.title, url, where: /^https?:/.test(url) ? "out" : url.startsWith("/d/") ? "here" : "grafana" })];
  }
  const tagged = boards.filter((b) => (link.tags || []).every((t) => b.tags.includes(t)));
  const all = tagged.map((b) => ({ title: b.title, url: `/d/${encodeURIComponent(b.uid)}?${kept}`, where: "here" }));
  if (!link.asDropdown) return all.map((l) => anchor(l));
  return [el("button", { type: "button", onclick: (e) => menu(e, link.title, all) }, `${link.title} ▾`)];
}

try {
  await show();
} catch (error) {
  main.append(el("p", { class: "said failed" }, error.message));
  Object.assign(document.body.dataset, { panels: 0, empty: 0, failed: 1 });
  if (!(error instanceof api.Failure)) console.error(error.stack);
}
await document.fonts.ready;
await painted();
document.body.dataset.drawn = "true";
