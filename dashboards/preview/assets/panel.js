// A panel: its frame, its queries, and what draws the answers.
import * as api from "./api.js";
import { drawBars } from "./bargauge.js";
import { el } from "./dom.js";
import { fieldsOf } from "./fields.js";
import { drawHeatmap } from "./heatmap.js";
import { markdown } from "./markdown.js";
import { drawStat } from "./stat.js";
import { drawTable } from "./table.js";
import { aligned, duration, interval, rateInterval, seconds } from "./time.js";
import { drawTimeline } from "./timeline.js";
import { drawTimeSeries } from "./timeseries.js";
import { interpolate, interpolateText } from "./variables.js";

// draws by panel type. Each gets the body of the panel's frame, the panel, the fields
// or answers, and the context of the board; it throws an Error in words.
const draws = { __proto__: null, timeseries: drawTimeSeries, stat: drawStat, table: drawTable, heatmap: drawHeatmap, "state-timeline": drawTimeline, bargauge: drawBars };

// frame is the element of a panel before anything is asked.
export function frame(panel, context) {
  const title = interpolateText(panel.title || "", context.variables);
  const info = panel.description && el("span", { class: "info", tabindex: 0, "aria-label": panel.description }, "i", el("span", { class: "tip" }, interpolateText(panel.description, context.variables)));
  return el("section", { class: `panel ${panel.type}${panel.transparent ? " bare" : ""}`, id: `panel-${panel.id}`, "data-state": "waiting" }, el("h3", {}, el("span", { class: "text", title }, title), info), el("div", { class: "body" }));
}

// draw asks and draws one panel into its frame. It never fails: the panel says what
// is wrong, and its data-state is drawn, empty or failed.
export async function draw(node, panel, context) {
  const body = node.querySelector(".body");
  const say = (state, text) => {
    node.dataset.state = state;
    body.replaceChildren(el("p", { class: `said ${state}` }, text));
  };
  try {
    if (panel.type === "text") {
      if (panel.options?.mode === "html") throw new api.Failure("The preview shows text as Markdown, not as HTML.");
      body.replaceChildren(el("div", { class: "note" }, ...markdown(interpolateText(panel.options?.content || "", context.variables))));
      node.dataset.state = "drawn";
      return;
    }
    if (!draws[panel.type]) throw new api.Failure(`The preview cannot draw panels of type ${panel.type}.`);
    const answers = await ask(panel, body.clientWidth, context);
    const fields = fieldsOf(panel, answers, context.range.to * 1000);
    if (fields.every((f) => f.values.every(Number.isNaN))) {
      say("empty", panel.fieldConfig?.defaults?.noValue || "No data");
      return;
    }
    body.replaceChildren();
    await draws[panel.type](body, panel, { fields, answers }, context);
    node.dataset.state = "drawn";
  } catch (error) {
    say("failed", error.message);
    if (!(error instanceof api.Failure)) console.error(`${panel.title}: ${error.stack}`);
  }
}

// ask runs the queries of a panel: [{target, series, step, exemplars}].
async function ask(panel, width, { range, scrape, variables }) {
  const smallest = seconds(String(panel.interval || "").replace(/^>/, "")) || scrape;
  const wanted = (panel.targets || []).filter((t) => !t.hide && t.expr);
  return Promise.all(
    wanted.map(async (target) => {
      const least = seconds(interpolate(target.interval || "", variables)) || smallest;
      const step = interval(range, panel.maxDataPoints || width, least);
      const span = Math.round(range.to - range.from);
      const expr = interpolate(target.expr, variables, {
        __rate_interval: duration(rateInterval(step, least)),
        __interval: duration(step),
        __interval_ms: Math.round(step * 1000),
        __range: `${span}s`,
        __range_s: span,
        __range_ms: span * 1000,
      });
      try {
        if (target.instant && !target.range) return { target, series: await api.instant(expr, range.to) };
        const { start, end } = aligned(range, step);
        const series = await api.range(expr, start, end, step);
        // Traces are beside the point: without them the panel is still right.
        const exemplars = target.exemplar ? await api.exemplars(expr, start, end).catch(() => []) : [];
        return { target, series, step, start, end, exemplars };
      } catch (error) {
        if (error instanceof api.Failure && wanted.length > 1) throw new api.Failure(`Query ${target.refId}: ${error.message}`);
        throw error;
      }
    }),
  );
}
