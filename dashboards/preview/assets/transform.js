// Tables out of the answers to queries, and the transformations that a panel applies.

// frames makes a table of each answer: {columns: [{name, type}], rows: [{name: value}]}.
// A row keeps the labels of its series under the key labels.
export function frames(answers) {
  return answers.map(({ target, series }) => {
    const names = [...new Set(series.flatMap((s) => Object.keys(s.metric)))].sort();
    const value = answers.length > 1 ? `Value #${target.refId}` : "Value";
    const rows = series
      .filter((s) => s.values.length > 0)
      .map((s) => ({ __proto__: null, ...s.metric, Time: s.values.at(-1)[0] * 1000, [value]: Number(s.values.at(-1)[1]), [labels]: s.metric }));
    return { columns: [{ name: "Time", type: "time" }, ...names.map((name) => ({ name, type: "string" })), { name: value, type: "number", refId: target.refId }], rows };
  });
}

// labels is the key of a row's labels, which no label can have.
export const labels = Symbol("labels");

// apply runs the transformations of a panel in order. What is not known is listed in
// unknown.
export function apply(tables, transformations = []) {
  const unknown = [];
  for (const { id, options = {}, disabled } of transformations) {
    if (disabled) continue;
    const how = known[id];
    if (how) tables = how(tables, options);
    else unknown.push(id);
  }
  return { tables, unknown };
}

const known = {
  __proto__: null,
  merge: (tables) => [joined(tables, undefined)],
  joinByField: (tables, options) => [joined(tables, options.byField)],
  seriesToColumns: (tables, options) => [joined(tables, options.byField)],
  organize: (tables, options) => tables.map((t) => organized(t, options)),
  filterFieldsByName: (tables, { include, exclude }) =>
    tables.map((t) => ({ ...t, columns: t.columns.filter(({ name }) => (!include || named(include, name)) && !(exclude && named(exclude, name))) })),
  sortBy: (tables, { sort = [] }) => tables.map((t) => (sort[0] ? sorted(t, sort[0].field, sort[0].desc) : t)),
  limit: (tables, { limitField = 10 }) => tables.map((t) => ({ ...t, rows: t.rows.slice(0, limitField) })),
};

const named = ({ names = [], pattern }, name) => names.includes(name) || (pattern ? new RegExp(pattern.replace(/^\/|\/\w*$/g, "")).test(name) : false);

// joined has a row for each set of labels, or for each value of a field.
function joined(tables, by) {
  const columns = [];
  for (const c of tables.flatMap((t) => t.columns)) if (!columns.some((k) => k.name === c.name)) columns.push(c);
  columns.sort((a, b) => rank(a) - rank(b));
  const rows = new Map();
  for (const row of tables.flatMap((t) => t.rows)) {
    const key = by ? row[by] : JSON.stringify(columns.filter((c) => c.type === "string" && c.name !== "__name__").map((c) => row[c.name] ?? null));
    rows.set(key, { __proto__: null, ...rows.get(key), ...row });
  }
  return { columns, rows: [...rows.values()] };
}

const rank = (c) => ["time", "string", "number"].indexOf(c.type);

function organized({ columns, rows }, options) {
  // Without what all objects have: a label may be called constructor.
  const [excludeByName, indexByName, renameByName, includeByName] = ["excludeByName", "indexByName", "renameByName", "includeByName"].map((k) => ({ __proto__: null, ...options[k] }));
  const included = Object.keys(includeByName).filter((k) => includeByName[k]);
  const kept = columns.filter((c) => !excludeByName[c.name] && (included.length === 0 || included.includes(c.name)));
  kept.sort((a, b) => (indexByName[a.name] ?? 999) - (indexByName[b.name] ?? 999));
  return { columns: kept.map((c) => ({ ...c, key: c.key ?? c.name, name: renameByName[c.name] || c.name })), rows };
}

// sorted is a table in the order of a column, by the column's name as it is now.
export function sorted(table, name, descending) {
  const column = table.columns.find((c) => c.name === name);
  if (!column) return table;
  const key = column.key ?? column.name;
  const compare = (a, b) => {
    const [x, y] = [a[key], b[key]];
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
    return descending ? -order : order;
  };
  return { ...table, rows: [...table.rows].sort(compare) };
}
