// Elements without innerHTML: whatever a label says is text, never markup.

// el makes an element: el("a", {href: "/", class: "x"}, "text", child). A property
// that is undefined, null or false is left out; "on..." is a listener.
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") Object.assign(node.style, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((c) => c !== undefined && c !== null && c !== false));
  return node;
}

// painted is fulfilled when what was changed so far is on the screen.
export function painted() {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

// swatch is a small square of a colour, or a dash for dashed lines.
export function swatch(color, dashed) {
  return el("span", { class: dashed ? "swatch dashed" : "swatch", style: { color } });
}
