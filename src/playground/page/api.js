// The calls to the playground. Every failure comes back as an Error with words for people.

export class Unreachable extends Error {}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Unreachable('The playground does not answer. Is it still running?');
  }
  const json = await response.json().catch(() => ({ error: `HTTP ${response.status}` }));
  if (!response.ok) throw new Error(json.error ?? `HTTP ${response.status}`);
  return json;
}

export function load(path, query) {
  return answer(fetch(`/playground/${path}?${new URLSearchParams(query)}`));
}

export function send(path, body) {
  const headers = { 'content-type': 'application/json' };
  return answer(fetch(`/playground/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}
