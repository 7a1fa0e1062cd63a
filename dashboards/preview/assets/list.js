// The page with all dashboards.
import * as api from "./api.js";
import { el } from "./dom.js";

const list = document.getElementById("list");
try {
  const { boards, prometheus } = await api.boards();
  const cards = boards.map((b) =>
    el("a", { class: "card", href: `/d/${encodeURIComponent(b.uid)}` }, el("h2", {}, b.title), el("p", {}, b.description), el("small", { class: "faint" }, `${b.panels} panels`)),
  );
  list.append(el("div", { class: "cards" }, ...cards), el("p", { class: "faint" }, `Values are from ${prometheus}.`));
} catch (error) {
  list.append(el("p", { class: "said failed" }, error.message));
}
const failed = document.querySelectorAll(".failed").length;
Object.assign(document.body.dataset, { panels: 0, empty: 0, failed, drawn: "true" });
