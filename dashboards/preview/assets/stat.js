// Stat: one value of each series in large letters.
import { readable } from "./colors.js";
import { el } from "./dom.js";
import { colorOf, reduce } from "./fields.js";
import { anchor, linksOf, menu } from "./links.js";

// drawStat draws a panel of type stat.
export function drawStat(body, panel, { fields }, context) {
  const { reduceOptions = {}, colorMode = "value", graphMode = "area", textMode = "auto", orientation } = panel.options || {};
  const calc = reduceOptions.calcs?.[0] || "lastNotNull";
  const named = textMode === "value_and_name" || textMode === "name" || (textMode === "auto" && fields.length > 1);
  const cells = fields.map((field) => {
    const value = reduce(field.values, calc);
    const text = textMode === "name" ? field.name : value === undefined ? field.config.noValue || "No data" : field.write(value);
    const color = colorOf(field.config, value);
    const links = linksOf(field, value, context);
    const cell = el("div", { class: "cell" }, named && textMode !== "name" && el("span", { class: "name" }, field.name), el("span", { class: "big" }, links.length === 1 ? anchor(links[0], text) : text));
    if (links.length > 1) {
      cell.classList.add("linked");
      cell.addEventListener("click", (e) => menu(e, field.name, links));
    }
    if (colorMode.startsWith("background")) Object.assign(cell.style, { background: color, color: readable(color) });
    else if (colorMode === "value") cell.querySelector(".big").style.color = color;
    if (graphMode === "area" && field.values.length > 1) cell.append(spark(field, color));
    return cell;
  });
  const grid = el("div", { class: "stats" }, ...cells);
  body.append(grid);
  fit(grid, cells, orientation, named);
}

// fit chooses columns and letters so that all values are as large as they can be, and
// all of one size.
function fit(grid, cells, orientation, named) {
  const { clientWidth: width, clientHeight: height } = grid;
  const longest = Math.max(...cells.map((c) => c.querySelector(".big").textContent.length));
  let best = { size: 0, columns: 1 };
  for (let columns = 1; columns <= cells.length; columns++) {
    if (orientation === "horizontal" && columns > 1) break;
    if (orientation === "vertical" && columns < cells.length) continue;
    const rows = Math.ceil(cells.length / columns);
    const size = Math.min((width / columns - 32) / (longest * 0.6), (height / rows - (named ? 26 : 8)) * 0.62, 52);
    if (size > best.size) best = { size, columns };
  }
  grid.style.gridTemplateColumns = `repeat(${best.columns}, minmax(0, 1fr))`;
  grid.style.fontSize = `${Math.max(best.size, 12)}px`;
}

// spark is the course of a series behind its value.
function spark(field, color) {
  const values = field.values.filter((v) => !Number.isNaN(v));
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((v, i) => `${(i / (values.length - 1)) * 100},${28 - ((v - low) / span) * 26}`);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 100 30");
  svg.setAttribute("preserveAspectRatio", "none");
  const line = document.createElementNS(svg.namespaceURI, "polyline");
  line.setAttribute("points", `0,30 ${points.join(" ")} 100,30`);
  line.setAttribute("fill", color);
  line.setAttribute("fill-opacity", "0.2");
  line.setAttribute("stroke", color);
  line.setAttribute("vector-effect", "non-scaling-stroke");
  svg.append(line);
  return svg;
}
