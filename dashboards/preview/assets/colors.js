// Colours: those that the dashboard names, and a palette for what it leaves open.

// The palette is of Paul Tol's bright, medium-contrast and light schemes (https://personal.sron.nl/~pault/),
// which people with any kind of colour vision tell apart, without the red that would look
// like bad.
const palette = ["#4477AA", "#CCBB44", "#AA3377", "#66CCEE", "#228833", "#EE99AA", "#44BB99"];

const named = { __proto__: null, green: "#3FA45B", yellow: "#D9A800", red: "#D6453D", blue: "#3B78C2", orange: "#E5801A", purple: "#9A5CC6", gray: "#8a8f98", grey: "#8a8f98", white: "#ffffff", black: "#000000" };

const darkness = window.matchMedia("(prefers-color-scheme: dark)");

// isDark says which theme the page has.
export const isDark = () => darkness.matches;

// theme is a colour of the page's own, by the name of its CSS variable.
export function theme(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// resolve makes a colour of CSS of one of Grafana: a hexadecimal one, or a name such as
// dark-red, text or transparent.
export function resolve(color) {
  if (!color || color === "text") return theme("text");
  const base = color.replace(/^(super-light|semi-dark|light|dark)-/, "");
  return named[base] || color;
}

// byName gives each name a colour that its letters say, the same in every panel; of two
// names of one panel that say the same, the later in the alphabet takes the next.
export function byName(names) {
  const colors = new Map();
  const taken = new Set();
  for (const name of [...new Set(names)].sort()) {
    let at = hash(name) % palette.length;
    for (let i = 0; i < palette.length && taken.has(at); i++) at = (at + 1) % palette.length;
    taken.add(at);
    if (taken.size === palette.length) taken.clear();
    colors.set(name, palette[at]);
  }
  return colors;
}

// hash is FNV-1a.
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

// step is the threshold that a value is beyond: {value, color}; undefined without any.
export function step(config, value) {
  const { mode, steps = [] } = config.thresholds || {};
  if (mode === "percentage") {
    const low = config.min ?? 0;
    value = ((value - low) / ((config.max ?? 100) - low)) * 100;
  }
  let beyond = steps[0];
  for (const s of steps) if (typeof s.value === "number" && value >= s.value) beyond = s;
  return beyond;
}

// Shades of a heat map from least to most. Names that are not here are drawn in blue.
const shades = {
  __proto__: null,
  Blues: ["#deebf7", "#9ecae1", "#4292c6", "#08519c", "#08306b"],
  Oranges: ["#feedde", "#fdbe85", "#fd8d3c", "#d94701", "#7f2704"],
  Greens: ["#e5f5e0", "#a1d99b", "#41ab5d", "#006d2c", "#00441b"],
  Viridis: ["#fde725", "#5ec962", "#21918c", "#3b528b", "#440154"],
};

// scheme is the list of colours of a heat map; on a dark page most is light.
export function scheme(name) {
  const list = shades[name] || shades.Blues;
  return isDark() ? [...list].reverse() : list;
}

// readable is black or white, whichever is read better on a colour.
export function readable(background) {
  const m = /^#(..)(..)(..)$/.exec(background);
  if (!m) return theme("text");
  const [r, g, b] = m.slice(1).map((x) => parseInt(x, 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#000000" : "#ffffff";
}
