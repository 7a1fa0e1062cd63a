// Values with units, as Grafana writes them: three digits that count.

// known says how a unit scales: by steps, with names, or with a function of its own.
const known = {
  __proto__: null,
  none: plain(""), short: scaled(1000, ["", " K", " Mil", " Bil", " Tri"]), sishort: scaled(1000, ["", " k", " M", " G", " T"]),
  percent: plain("%", 1), percentunit: (v, d) => `${digits(v * 100, d)}%`,
  s: times(1), ms: times(1e-3), "µs": times(1e-6), ns: times(1e-9), m: times(60), h: times(3600), d: times(86400),
  dtdurations: (v) => spoken(v), dtdurationms: (v) => spoken(v / 1000), dthms: clock, dtdhms: clock,
  reqps: rate("req/s"), ops: rate("ops/s"), rps: rate("rd/s"), wps: rate("wr/s"), cps: rate("c/s"), iops: rate("io/s"),
  eps: rate("evt/s"), mps: rate("msg/s"), pps: rate("p/s"), recps: rate("rec/s"), rowsps: rate("rows/s"),
  reqpm: rate("req/m"), cpm: rate("c/m"), opm: rate("ops/m"), rpm: rate("rd/m"), wpm: rate("wr/m"),
  bytes: binary("B"), decbytes: decimal("B"), bits: binary("b"), decbits: decimal("b"), kbytes: from(1024, binary("B")), mbytes: from(1024 ** 2, binary("B")),
  binBps: binary("B/s"), Bps: decimal("B/s"), binbps: binary("b/s"), bps: decimal("b/s"),
  hertz: decimal("Hz"), watt: decimal("W"), celsius: plain(" °C"), humidity: plain(" %H"),
  bool: (v) => (v ? "True" : "False"), bool_yes_no: (v) => (v ? "Yes" : "No"), bool_on_off: (v) => (v ? "On" : "Off"),
  dateTimeAsIso: (v) => date(v), dateTimeAsLocal: (v) => date(v), dateTimeAsSystem: (v) => date(v), dateTimeFromNow: (v, d, now) => fromNow(v, now),
  currencyUSD: money("$"), currencyEUR: money("€"), currencyGBP: money("£"), currencyJPY: money("¥"), currencyCHF: money("CHF "),
  string: (v) => String(v),
};

// format writes a value. Decimals are as many as three digits need, unless given; now,
// in milliseconds, is for units that say how long ago. A unit of nobody is said beside
// the plain number.
export function format(value, unit, decimals, now) {
  if (value === undefined || value === null || Number.isNaN(value)) return "";
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const how = known[unit || "none"];
  if (how) return how(value, decimals, now);
  const custom = /^(suffix|prefix|si|count|currency|time):(.*)$/.exec(unit);
  switch (custom?.[1]) {
    case "suffix":
      return `${digits(value, decimals)} ${custom[2]}`;
    case "prefix":
      return `${custom[2]} ${digits(value, decimals)}`;
    case "si":
      return decimal(custom[2])(value, decimals);
    case "count":
      return rate(custom[2])(value, decimals);
    case "currency":
      return money(custom[2])(value, decimals);
    case "time":
      return date(value);
    default:
      return `${digits(value, decimals)} ${unit}`;
  }
}

// axis writes a value of an axis: without noughts at the end.
export function axis(value, unit, decimals, now) {
  const text = format(Number(value.toPrecision(12)), unit, decimals, now);
  return decimals === undefined ? text.replace(/(\.\d*?)0+(?=\D|$)/, "$1").replace(/\.(?=\D|$)/, "") : text;
}

// digits writes a number with three digits that count, whole numbers as they are.
export function digits(value, decimals) {
  if (decimals === undefined || decimals === null) {
    if (Number.isInteger(value) || value === 0) return String(value);
    decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  }
  if (decimals > 12) return value.toPrecision(3);
  return value.toFixed(decimals);
}

function plain(suffix) {
  return (v, d) => digits(v, d) + suffix;
}

function from(factor, how) {
  return (v, d) => how(v * factor, d);
}

// scaled divides by base until the number is small.
function scaled(base, names) {
  return (v, d) => {
    let i = 0;
    while (Math.abs(v) >= base && i < names.length - 1) {
      v /= base;
      i++;
    }
    return digits(v, d) + names[i];
  };
}

function rate(name) {
  return scaled(1000, ["", "K", "M", "B", "T"].map((k) => `${k} ${name}`));
}

function binary(name) {
  return scaled(1024, ["", "Ki", "Mi", "Gi", "Ti", "Pi"].map((k) => ` ${k}${name}`));
}

function decimal(name) {
  return scaled(1000, ["", "k", "M", "G", "T", "P"].map((k) => ` ${k}${name}`));
}

function money(symbol) {
  const how = scaled(1000, ["", "K", "M", "B", "T"]);
  return (v, d) => (v < 0 ? "-" : "") + symbol + how(Math.abs(v), d);
}

// times are units of time: of the largest of which there is one.
function times(factor) {
  const steps = [
    [31536000, "year"], [604800, "week"], [86400, "day"], [3600, "hour"], [60, "min"],
    [1, "s"], [1e-3, "ms"], [1e-6, "µs"], [1e-9, "ns"],
  ];
  return (v, d) => {
    v *= factor;
    if (v === 0) return `0 ${factor === 60 ? "min" : factor === 3600 ? "hour" : factor === 86400 ? "day" : factor === 1e-3 ? "ms" : "s"}`;
    const [size, name] = steps.find(([s]) => Math.abs(v) >= s * (1 - 1e-9)) || steps.at(-1);
    const count = v / size;
    const many = size >= 3600 && digits(count, d) !== "1" ? "s" : "";
    return `${digits(Number(count.toPrecision(12)), d)} ${name}${many}`;
  };
}

const words = [[31536000, "year"], [2592000, "month"], [604800, "week"], [86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];

// spoken is a duration in its two largest units.
function spoken(s) {
  const parts = [];
  let rest = Math.abs(s);
  for (const [size, name] of words) {
    const n = Math.floor(rest / size + 1e-9);
    if (n > 0 && parts.length < 2) parts.push(`${n} ${name}${n > 1 ? "s" : ""}`);
    rest -= n * size;
  }
  return (s < 0 ? "-" : "") + (parts.join(", ") || "0 seconds");
}

function clock(s) {
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  const day = s >= 86400 ? `${Math.floor(s / 86400)} d ` : "";
  return `${day}${two((s % 86400) / 3600)}:${two((s % 3600) / 60)}:${two(s % 60)}`;
}

function date(ms) {
  const d = new Date(ms);
  const two = (n) => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

// fromNow says how long ago, or in how long, in one unit.
function fromNow(ms, now) {
  const s = (now - ms) / 1000;
  const [size, name] = words.find(([w]) => Math.abs(s) >= w) || words.at(-1);
  const n = Math.round(Math.abs(s) / size);
  if (Math.abs(s) < 45) return s >= 0 ? "a few seconds ago" : "in a few seconds";
  const text = `${n} ${name}${n === 1 ? "" : "s"}`;
  return s >= 0 ? `${text} ago` : `in ${text}`;
}
