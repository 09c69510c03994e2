// Where this window stands: the address says the channel and the thread, #C…/ts.

import { toast } from './notices.js';
import { changed, firstChannel, openChannel, store } from './store.js';

export async function route() {
  const [channel, ts] = location.hash.slice(1).split('/');
  const known = store.channels.has(channel) ? channel : firstChannel();
  try {
    await openChannel(known, ts ?? '');
    if (ts) showMessage(ts);
  } catch (error) {
    toast(error.message);
  }
}

// A link to a reply opens its thread.
function showMessage(ts) {
  const message = store.rooms.get(store.channel)?.messages.get(ts);
  if (!message) toast('This message is further up, or gone.');
  if (message?.thread_ts) store.thread = message.thread_ts;
  changed();
}

export function openThread(ts) {
  store.thread = ts;
  history.replaceState(null, '', `${location.search}#${store.channel}/${ts}`);
  changed();
}

export function closeThread() {
  if (!store.thread) return;
  const root = store.thread;
  store.thread = '';
  history.replaceState(null, '', `${location.search}#${store.channel}`);
  changed();
  // The message may have been drawn anew meanwhile, so whoever opened the thread is looked up.
  const opener = `#message-list [data-key="${CSS.escape(root)}"] :is([data-focus="thread"], [data-focus="reply"])`;
  requestAnimationFrame(() => document.querySelector(opener)?.focus());
}
