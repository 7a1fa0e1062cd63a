// What the server of the preview answers, and Prometheus behind it.

// Failure is an error whose message is for people.
export class Failure extends Error {}

async function get(path, parameters) {
  const query = new URLSearchParams(parameters).toString();
  let answer;
  try {
    answer = await fetch(query ? `${path}?${query}` : path);
  } catch {
    throw new Failure("The preview's server does not answer. Does readyctl still run?");
  }
  const body = await answer.json().catch(() => undefined);
  if (body === undefined) throw new Failure(`The answer is not JSON (status ${answer.status}).`);
  if (!answer.ok || body.status === "error") throw new Failure(body.error || `Status ${answer.status}.`);
  return body;
}

// boards lists the dashboards, and says what the preview asks.
export const boards = () => get("/dashboards");

// board is the JSON of a dashboard.
export const board = (uid) => get(`/dashboards/${encodeURIComponent(uid)}`);

// series of a query at one time, as Prometheus has them: [{metric, values: [[s, v]]}].
// What answers with null for none, as some that speak its API do, has none.
export async function instant(query, time) {
  const { data } = await get("/api/v1/query", { query, time });
  switch (data.resultType) {
    case "vector":
      return (data.result ?? []).map(({ metric, value }) => ({ metric, values: value ? [value] : [] }));
    case "scalar":
      return [{ metric: {}, values: [data.result] }];
    default:
      throw new Failure(`The query answers with a ${data.resultType}, which no panel shows.`);
  }
}

// series of a query over a range, with step in seconds.
export async function range(query, start, end, step) {
  const { data } = await get("/api/v1/query_range", { query, start, end, step });
  return (data.result ?? []).map(({ metric, values }) => ({ metric, values: values || [] }));
}

// exemplars of a query: [{seriesLabels, exemplars: [{labels, value, timestamp}]}].
export async function exemplars(query, start, end) {
  return (await get("/api/v1/query_exemplars", { query, start, end })).data || [];
}

// labelValues of the series that match, or of all where match is empty.
export async function labelValues(label, match, start, end) {
  const parameters = { start, end };
  if (match) parameters["match[]"] = match;
  return (await get(`/api/v1/label/${encodeURIComponent(label)}/values`, parameters)).data || [];
}
