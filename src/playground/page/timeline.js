// A list of messages: grouped by author, with the days and the place where the new ones begin.

import { h } from './dom.js';
import { dayOf } from './dates.js';
import { drawMessage, signature } from './message.js';
import { person } from './store.js';

const together = 5 * 60;

// The items of a list, for `reconcile`. Messages of one author within minutes stand together.
export function timeline(messages, { newFrom = '', inThread = false, days = true } = {}) {
  const items = [];
  let before = null;
  let marked = !newFrom;
  for (const { message, ephemeral } of messages) {
    const day = dayOf(message.ts);
    if (days && (!before || dayOf(before.message.ts) !== day)) {
      items.push({ key: `day-${day}`, sign: day, draw: () => divider(day) });
      before = null;
    }
    if (!marked && !ephemeral && message.ts > newFrom) {
      marked = true;
      items.push({ key: 'new', sign: 'new', draw: () => h('div', { class: 'divider new', role: 'separator' }, h('span', {}, 'New')) });
      before = null;
    }
    const options = { compact: before !== null && belongs(before, message, ephemeral), ephemeral, inThread };
    items.push({ key: message.ts, sign: signature(message, options), draw: () => drawMessage(message, options) });
    before = { message, ephemeral };
  }
  return items;
}

function divider(day) {
  return h('div', { class: 'divider', role: 'separator' }, h('span', {}, day));
}

function belongs(before, message, ephemeral) {
  const same = before.message.user === message.user && !before.ephemeral && !ephemeral;
  const plainly = !message.subtype && !before.message.subtype && person(message.user).role !== 'slackbot';
  return same && plainly && Number(message.ts) - Number(before.message.ts) < together;
}

// Keeps a list at its end while its reader is there, whatever makes it or its frame grow.
export function stick(scroller, list) {
  const near = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const stuck = { atEnd: true, toEnd: () => { stuck.atEnd = true; scroller.scrollTop = scroller.scrollHeight; } };
  scroller.addEventListener('scroll', () => { stuck.atEnd = near(); });
  const sizes = new ResizeObserver(() => { if (stuck.atEnd) stuck.toEnd(); });
  sizes.observe(scroller);
  sizes.observe(list);
  return stuck;
}
