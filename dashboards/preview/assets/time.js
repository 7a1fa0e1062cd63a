// Time ranges, and the intervals that Grafana derives from them.

const unitSeconds = { s: 1, m: 60, h: 3600, d: 86400, w: 604800, M: 2592000, y: 31536000 };

// ranges that the page offers.
export const ranges = [
  ["now-15m", "Last 15 minutes"],
  ["now-1h", "Last hour"],
  ["now-6h", "Last 6 hours"],
  ["now-24h", "Last 24 hours"],
  ["now-7d", "Last 7 days"],
];

// parse reads a moment as Grafana's URLs have it, in seconds: now, now-6h, now-1d/d,
// milliseconds since 1970, or a date and time of ISO 8601. NaN if it is none of these.
export function parse(text, now) {
  const relative = /^now(?:([-+])(\d+)([smhdwMy]))?(?:\/([smhdwMy]))?$/.exec(text);
  if (relative) {
    const [, sign, count, unit, whole] = relative;
    let at = now;
    if (count) at += (sign === "-" ? -1 : 1) * Number(count) * unitSeconds[unit];
    return whole ? floor(at, whole) : at;
  }
  if (/^\d{5,}$/.test(text)) return Number(text) / 1000;
  return Date.parse(text) / 1000;
}

// floor is the beginning of the local day, month and so on that a moment is in.
function floor(at, unit) {
  const d = new Date(at * 1000);
  if (unit === "y") d.setMonth(0, 1);
  if (unit === "M") d.setDate(1);
  if (unit === "w") d.setDate(d.getDate() - ((d.getDay() + 6) % 7));
  if ("dwMy".includes(unit)) d.setHours(0, 0, 0, 0);
  if (unit === "h") d.setMinutes(0, 0, 0);
  if (unit === "m") d.setSeconds(0, 0);
  return d.getTime() / 1000;
}

// round are the intervals that Grafana rounds to, in seconds.
const round = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800,
  3600, 7200, 10800, 21600, 43200, 86400, 604800, 2592000, 31536000,
];

// interval is $__interval: the range divided by as many points as the panel has
// pixels (or by maxDataPoints), rounded to the next of the values above, at least
// smallest.
export function interval(range, points, smallest) {
  const wanted = (range.to - range.from) / Math.max(1, points);
  let best = round[0];
  round.forEach((r, i) => {
    if (i > 0 && wanted >= (round[i - 1] + r) / 2) best = r;
  });
  return Math.max(best, smallest);
}

// rateInterval is $__rate_interval: at least four scrapes, so that a rate has two
// samples even when one is missing.
export function rateInterval(seconds, scrape) {
  return Math.max(seconds + scrape, 4 * scrape);
}

// aligned are the ends of a range at whole steps, so that a reload asks for the same
// points.
export function aligned(range, step) {
  return { start: Math.floor(range.from / step) * step, end: Math.floor(range.to / step) * step };
}

// seconds of a Prometheus duration such as 1m30s; undefined if it is none.
export function seconds(text) {
  let sum = 0;
  const rest = String(text ?? "").replace(/(\d+)(ms|[smhdwy])/g, (_, n, unit) => {
    sum += Number(n) * (unit === "ms" ? 0.001 : unitSeconds[unit]);
    return "";
  });
  return rest === "" && sum > 0 ? sum : undefined;
}

// duration writes seconds as PromQL reads them.
export function duration(s) {
  if (s < 1) return `${Math.round(s * 1000)}ms`;
  for (const [unit, size] of [["d", 86400], ["h", 3600], ["m", 60]]) {
    if (s % size === 0) return `${s / size}${unit}`;
  }
  return Number.isInteger(s) ? `${s}s` : `${Math.round(s * 1000)}ms`;
}

const two = (n) => String(n).padStart(2, "0");

// stamp is a moment as local date and time.
export function stamp(s) {
  const d = new Date(s * 1000);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

// tick is a moment on an axis over a range: as short as it can be.
export function tick(s, range) {
  const d = new Date(s * 1000);
  const clock = `${two(d.getHours())}:${two(d.getMinutes())}`;
  const span = range.to - range.from;
  if (span <= 300) return `${clock}:${two(d.getSeconds())}`;
  if (span <= 86400) return clock;
  const day = `${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  return span <= 604800 ? `${day} ${clock}` : day;
}
