// Follows the playground's updates; the browser reconnects by itself and says what it had last.

import { store, apply, loadState, openChannel } from './store.js';
import { banner, toast } from './notices.js';

let source;

export function follow() {
  source?.close();
  const query = new URLSearchParams({ as: store.me, run: store.run, after: store.seq });
  source = new EventSource(`/playground/live?${query}`);
  source.onopen = () => banner('');
  source.onmessage = ({ data }) => {
    const update = JSON.parse(data);
    if (update.type === 'notice') toast(update.text);
    else apply(update);
  };
  source.addEventListener('reload', reload);
  source.onerror = () => {
    banner('The connection to the playground is lost. Trying again…');
    if (source.readyState === EventSource.CLOSED) setTimeout(reload, 2000);
  };
}

// The playground was started anew, or this page was away too long.
async function reload() {
  source.close();
  try {
    await loadState();
    await openChannel(store.channel, store.thread);
    follow();
  } catch {
    setTimeout(reload, 2000);
  }
}
