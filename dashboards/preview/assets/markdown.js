// Markdown of text panels, as elements: headings, paragraphs, lists, tables, code,
// emphasis and links. HTML in it stays text, but for <code> without attributes, in which
// dashboards write what Grafana must find no variables in.
import { el } from "./dom.js";

// markdown is the text as a list of elements.
export function markdown(text) {
  const lines = text.replace(/\r/g, "").split("\n");
  const out = [];
  while (lines.length > 0) {
    const line = lines[0];
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === "") {
      lines.shift();
    } else if (heading) {
      lines.shift();
      out.push(el(`h${Math.min(6, heading[1].length + 1)}`, {}, ...inline(heading[2])));
    } else if (line.startsWith("```")) {
      lines.shift();
      out.push(el("pre", {}, el("code", {}, take(lines, (l) => !l.startsWith("```")).join("\n"))));
      lines.shift();
    } else if (/^\s*([-*+]|\d+[.)])\s/.test(line)) {
      out.push(list(lines));
    } else if (line.startsWith("|") && /^\|?[\s:|-]+$/.test(lines[1] || "")) {
      out.push(table(lines));
    } else if (line.startsWith(">")) {
      const quoted = take(lines, (l) => l.startsWith(">")).map((l) => l.replace(/^>\s?/, ""));
      out.push(el("blockquote", {}, ...markdown(quoted.join("\n"))));
    } else if (/^(-{3,}|\*{3,})\s*$/.test(line)) {
      lines.shift();
      out.push(el("hr"));
    } else {
      const first = lines.shift();
      const rest = take(lines, (l) => l.trim() !== "" && !/^(#{1,6}\s|```|>|\s*([-*+]|\d+[.)])\s)/.test(l));
      out.push(el("p", {}, ...inline([first, ...rest].join(" "))));
    }
  }
  return out;
}

function take(lines, wanted) {
  const taken = [];
  while (lines.length > 0 && wanted(lines[0])) taken.push(lines.shift());
  return taken;
}

function list(lines) {
  const item = /^\s*([-*+]|\d+[.)])\s+/;
  const ordered = /^\s*\d/.test(lines[0]);
  const items = [];
  while (lines.length > 0 && item.test(lines[0])) {
    const first = lines.shift().replace(item, "");
    const rest = take(lines, (l) => /^\s+\S/.test(l) && !item.test(l)).map((l) => l.trim());
    items.push(el("li", {}, ...inline([first, ...rest].join(" "))));
  }
  return el(ordered ? "ol" : "ul", {}, ...items);
}

function table(lines) {
  const cells = (l) => l.trim().replace(/^\||\|$/g, "").split("|").map((c) => c.trim());
  const head = cells(lines.shift());
  lines.shift();
  const rows = take(lines, (l) => l.startsWith("|")).map(cells);
  return el(
    "table",
    { class: "markdown" },
    el("thead", {}, el("tr", {}, ...head.map((c) => el("th", {}, ...inline(c))))),
    el("tbody", {}, ...rows.map((r) => el("tr", {}, ...r.map((c) => el("td", {}, ...inline(c)))))),
  );
}

const spans = /\\([!-\/:-@[-`{-~])|`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)|<?(https?:\/\/[^\s<>)]+)>?|<code>([^<]+)<\/code>/;

function inline(text) {
  const out = [];
  let m;
  while ((m = spans.exec(text))) {
    if (m.index > 0) out.push(characters(text.slice(0, m.index)));
    const [whole, escaped, code, strong, strongToo, emphasis, title, url, bare, html] = m;
    if (escaped) out.push(escaped);
    else if (code || html) out.push(el("code", {}, code || characters(html)));
    else if (strong || strongToo) out.push(el("strong", {}, ...inline(strong || strongToo)));
    else if (emphasis) out.push(el("em", {}, ...inline(emphasis)));
    else out.push(link(characters(title || bare), url || bare));
    text = text.slice(m.index + whole.length);
  }
  if (text) out.push(characters(text));
  return out;
}

const entities = { __proto__: null, amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

// characters replaces entities. What comes out is text, whatever it says.
function characters(text) {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w+));/g, (whole, decimal, hex, name) => {
    if (name) return entities[name] ?? whole;
    const point = decimal ? Number(decimal) : parseInt(hex, 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
  });
}

// link leads to the web or to a page of this origin; anything else, such as
// javascript:, stays text.
function link(title, url) {
  if (/^(\/(?!\/)|#)/.test(url)) return el("a", { href: url }, title);
  if (/^(https?:|mailto:)/.test(url)) return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title);
  return title;
}
