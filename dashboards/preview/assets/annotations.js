// Annotations: what happened, as vertical marks on every chart over time.
import * as api from "./api.js";
import { resolve } from "./colors.js";
import { legend } from "./fields.js";
import { aligned, interval, seconds } from "./time.js";
import { interpolate } from "./variables.js";

// load asks for the marks of all annotation queries of a board: {name, color, from, to,
// step, title, text}, with times in seconds, and the sources with what is wrong with each.
export async function load(list, { range, variables, scrape }) {
  const wanted = list.filter((a) => a.enable !== false && !a.builtIn && !a.hide && (a.expr || a.target?.expr));
  const sources = await Promise.all(
    wanted.map(async (a) => {
      const source = { name: a.name, color: resolve(a.iconColor), marks: [] };
      try {
        source.marks = await marksOf(a, source.color, range, variables, scrape);
      } catch (error) {
        source.error = error.message;
      }
      return source;
    }),
  );
  return { sources, marks: sources.flatMap((s) => s.marks) };
}

async function marksOf(a, color, range, variables, scrape) {
  const step = interval(range, 1000, seconds(a.step) || scrape);
  const { start, end } = aligned(range, step);
  const series = await api.range(interpolate(a.expr || a.target.expr, variables), start, end, step);
  const marks = new Map();
  for (const { metric, values } of series) {
    const title = legend(a.titleFormat || a.name, metric);
    const text = legend(a.textFormat || "", metric);
    const own = [];
    for (const [t, v] of values) {
      if (Number(v) === 0 || Number.isNaN(Number(v))) continue;
      const last = own.at(-1);
      if (a.useValueForTime && a.useValueForTime !== "false") {
        const at = Number(v) / 1000;
        if (at >= range.from && at <= range.to) own.push({ from: at, to: at });
      } else if (last && t - last.to <= step * 1.5) last.to = t;
      else own.push({ from: t, to: t });
    }
    for (const m of own) marks.set(`${title}|${text}|${m.from}`, { name: a.name, color, title, text, step, ...m });
  }
  return [...marks.values()];
}

// begun has one mark for each moment at which marks of a source begin.
function begun(marks) {
  return [...new Map(marks.map((m) => [`${m.name}|${m.from}`, m])).values()];
}

// covered are the stretches that marks of a source cover, without overlaps: many alerts
// at the same time must not hide the chart.
function covered(marks) {
  const out = [];
  for (const m of [...marks].filter((m) => m.to > m.from).sort((a, b) => a.name.localeCompare(b.name) || a.from - b.from)) {
    const last = out.at(-1);
    if (last && last.name === m.name && m.from <= last.to) last.to = Math.max(last.to, m.to);
    else out.push({ ...m });
  }
  return out;
}

// marksSeries draws the marks in a chart over time: a dashed line at each beginning, and
// a shade for as long as it lasted.
export function marksSeries({ marks }) {
  if (marks.length === 0) return undefined;
  return {
    type: "line",
    name: "marks",
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: ["triangle", "none"],
      symbolSize: 7,
      label: { show: false },
      data: begun(marks).map((m) => ({ xAxis: m.from * 1000, itemStyle: { color: m.color }, lineStyle: { color: m.color, type: [3, 3], width: 1, opacity: 0.9 } })),
    },
    markArea: { silent: true, data: covered(marks).map((m) => [{ xAxis: m.from * 1000, itemStyle: { color: m.color, opacity: 0.07 } }, { xAxis: m.to * 1000 }]) },
    z: 1,
  };
}
