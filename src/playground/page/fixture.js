// Draws a given payload: every block that the app can send, on one page.

import { byId, h } from './dom.js';
import { blocks } from './blocks.js';
import { loadState } from './store.js';

async function start() {
  const place = byId('payload');
  await loadState();
  const response = await fetch('/playground/fixture.json');
  const payload = await response.json();
  if (response.ok) {
    place.replaceChildren(blocks(payload.blocks));
  } else {
    const lines = (payload.messages ?? []).map((line) => h('li', {}, line));
    place.replaceChildren(h('p', { class: 'problem' }, payload.error), h('ul', {}, lines));
  }
  place.removeAttribute('aria-busy');
}

start().catch((error) => byId('payload').replaceChildren(h('p', { class: 'problem' }, error.message)));
