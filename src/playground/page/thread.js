// The thread on the right: its first message, the replies, and a composer of its own.

import { byId, h, reconcile } from './dom.js';
import { Composer } from './composer.js';
import { closeThread } from './route.js';
import { stick, timeline } from './timeline.js';
import { channelName, current, replies, room, sorted, store } from './store.js';

const pane = byId('thread');
const scroller = byId('thread-messages');
const list = byId('thread-list');
const composer = new Composer(byId('thread-composer'), { thread: () => store.thread });
const place = stick(scroller, list);
let shown = '';

export function drawThread() {
  const held = room();
  const root = held?.messages.get(store.thread);
  const open = Boolean(store.thread && root);
  pane.hidden = !open;
  document.body.classList.toggle('with-thread', open);
  if (!open) {
    shown = '';
    return;
  }
  const channel = current();
  byId('thread-place').textContent = channel.kind === 'direct' ? channelName(channel) : `#${channel.name}`;
  const answers = replies(root.ts);
  const hidden = sorted(held.ephemerals).filter((message) => message.thread_ts === root.ts);
  const rest = [...answers.map((message) => ({ message })), ...hidden.map((message) => ({ message, ephemeral: true }))];
  rest.sort((a, b) => (a.message.ts < b.message.ts ? -1 : 1));
  const words = answers.length === 1 ? '1 reply' : `${answers.length} replies`;
  const count = { key: 'count', sign: words, draw: () => h('div', { class: 'divider count' }, h('span', {}, words)) };
  const options = { inThread: true, days: false };
  const items = [...timeline([{ message: root }], options), ...(answers.length ? [count] : []), ...timeline(rest, options)];
  const switched = shown !== root.ts;
  if (switched) place.atEnd = true;
  reconcile(list, items);
  if (place.atEnd) place.toEnd();
  composer.show(`${store.channel}/${root.ts}`, 'Reply…');
  if (switched) composer.focus();
  shown = root.ts;
}

byId('close-thread').addEventListener('click', closeThread);
pane.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) closeThread();
});
