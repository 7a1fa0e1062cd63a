// State timeline: which state each thing was in, and from when to when.
import { chart, timeAxis, tooltip, tooltipLook } from "./chart.js";
import { readable, step, theme } from "./colors.js";
import { colorOf, mapped } from "./fields.js";
import { stateLegend } from "./legend.js";
import { linksOf, menu } from "./links.js";
import { stamp } from "./time.js";

// drawTimeline draws a panel of type state-timeline: a row for each series.
export function drawTimeline(body, panel, { fields, answers }, context) {
  const widest = Math.max(...answers.map((a) => a.step || 0)) || 60;
  const stretches = fields.flatMap((field, row) => stretchesOf(field, row, widest, panel.options?.mergeValues !== false));
  const states = new Map();
  for (const s of stretches) states.set(s.text, s.color);
  const space = document.createElement("div");
  space.className = "space";
  body.classList.add("above");
  body.append(space);
  if (panel.options?.legend?.showLegend !== false) body.append(stateLegend([...states].map(([text, color]) => [color, text])));
  const height = panel.options?.rowHeight ?? 0.9;
  const words = panel.options?.showValue ?? "auto";
  const instance = chart(space, {
    grid: { left: 4, right: 20, top: 8, bottom: 2, containLabel: true },
    xAxis: { ...timeAxis(context.range), splitLine: { show: false } },
    yAxis: { type: "category", inverse: true, data: fields.map((f) => f.name), axisLabel: { color: theme("text"), fontSize: 11, width: 190, overflow: "truncate" }, axisTick: { show: false }, axisLine: { show: false } },
    tooltip: { ...tooltipLook(), formatter: ({ data }) => tooltip(fields[data.value[0]].name, [[data.color, `${stamp(data.value[1] / 1000)} to ${stamp(data.value[2] / 1000)}`, data.text]]) },
    series: [{ type: "custom", clip: true, encode: { x: [1, 2], y: 0 }, data: stretches, renderItem: ({ dataIndex }, api) => rectangle(api, height, words, stretches[dataIndex]) }],
  });
  instance.on("click", ({ data, event }) => {
    const field = fields[data.value[0]];
    menu(event.event, `${field.name}: ${data.text}`, linksOf(field, data.of, context));
  });
}

// stretchesOf joins values of the same state that follow each other. A gap of more
// than a step ends a stretch: there nothing is known.
function stretchesOf(field, row, width, merge) {
  const out = [];
  field.times.forEach((t, i) => {
    const of = field.values[i];
    if (Number.isNaN(of)) return;
    const text = mapped(field.config, of)?.text ?? range(field, of);
    const color = colorOf(field.config, of);
    const last = out.at(-1);
    const goesOn = last && t * 1000 - last.value[2] <= width * 500;
    if (goesOn && merge && last.text === text) last.value[2] = (t + width) * 1000;
    else out.push({ value: [row, t * 1000, (t + width) * 1000], text, color, of });
  });
  return out;
}

// range is the text of a value that nothing maps: the value, or, where thresholds
// colour, what it is beyond.
function range(field, value) {
  const { steps = [] } = field.config.thresholds || {};
  if (field.config.color?.mode !== "thresholds" || steps.length < 2) return field.write(value);
  const beyond = step(field.config, value);
  const next = steps[steps.indexOf(beyond) + 1];
  if (typeof beyond.value !== "number") return `< ${field.write(next.value)}`;
  return next ? `${field.write(beyond.value)} to ${field.write(next.value)}` : `≥ ${field.write(beyond.value)}`;
}

// rectangle draws a stretch, with its text where there is room.
function rectangle(api, share, words, { text, color }) {
  const row = api.value(0);
  const [x, middle] = api.coord([api.value(1), row]);
  const [end] = api.coord([api.value(2), row]);
  const height = Math.min(api.size([0, 1])[1] * share, 44);
  const width = Math.max(1, end - x);
  const parts = [{ type: "rect", shape: { x, y: middle - height / 2, width, height, r: 2 }, style: { fill: color, opacity: 0.9 } }];
  if (words !== "never" && width > text.length * 6.5 + 8 && height > 13) {
    parts.push({ type: "text", style: { text, x: Math.max(x, 0) + 6, y: middle, verticalAlign: "middle", fill: readable(color), fontSize: 11 } });
  }
  return { type: "group", children: parts };
}
