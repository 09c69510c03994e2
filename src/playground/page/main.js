// Starts the page: loads, draws, follows.

import { byId } from './dom.js';
import { fillIcons } from './icons.js';
import { banner } from './notices.js';
import { drawChannel } from './channel.js';
import { drawModal } from './modal.js';
import { drawSidebar } from './sidebar.js';
import { drawThread } from './thread.js';
import { loadState, onChange } from './store.js';
import { route } from './route.js';
import { follow } from './live.js';
import { drawTime } from './travel.js';

onChange(drawSidebar);
onChange(drawChannel);
onChange(drawThread);
onChange(drawModal);
onChange(drawTime);

addEventListener('hashchange', route);

// Links to messages of this workspace stay in this window.
document.addEventListener('click', (event) => {
  const permalink = event.target.closest?.('[data-permalink]')?.dataset.permalink;
  const hit = /^\/archives\/(\w+)\/p(\d+)(\d{6})/.exec(permalink ?? '');
  if (!hit || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  location.hash = `#${hit[1]}/${hit[2]}.${hit[3]}`;
});

async function start() {
  try {
    await loadState();
    await route();
    follow();
    banner('');
    byId('app').removeAttribute('aria-busy');
  } catch (error) {
    banner(error.message);
    setTimeout(start, 2000);
  }
}

fillIcons();
start();
