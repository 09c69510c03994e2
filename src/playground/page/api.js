// The calls to the playground. Every failure comes back as an Error with words for people.

export class Unreachable extends Error {}

// The playground itself gives the app three seconds; whatever takes longer than this hangs.
const patience = 8000;

async function answer(path, how = {}, within = patience) {
  let response;
  try {
    response = await fetch(path, { ...how, signal: AbortSignal.timeout(within) });
  } catch {
    throw new Unreachable('The playground does not answer. Is it still running?');
  }
  const json = await response.json().catch(() => ({ error: `HTTP ${response.status}` }));
  if (!response.ok) throw new Error(json.error ?? `HTTP ${response.status}`);
  return json;
}

export function load(path, query) {
  return answer(`/playground/${path}?${new URLSearchParams(query)}`);
}

export function upload(path, query, file) {
  return answer(`/playground/${path}?${new URLSearchParams(query)}`, { method: 'POST', body: file });
}

export function send(path, body, within) {
  const headers = { 'content-type': 'application/json' };
  return answer(`/playground/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }, within);
}
