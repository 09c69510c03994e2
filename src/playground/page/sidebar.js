// The sidebar: conversations with what is unread, and who one speaks as.

import { byId, h } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './avatar.js';
import { channelName, person, store } from './store.js';

const menu = byId('people-menu');
const switcher = byId('switcher');

export function drawSidebar() {
  const all = [...store.channels.values()];
  const rooms = all.filter((channel) => channel.kind !== 'direct').sort((a, b) => a.name.localeCompare(b.name));
  byId('team-name').textContent = store.team;
  byId('channel-list').replaceChildren(...rooms.map(row));
  byId('direct-list').replaceChildren(...all.filter((channel) => channel.kind === 'direct').map(row));
  drawSwitcher();
}

function row(channel) {
  const here = channel.id === store.channel;
  const unread = channel.unread && !here;
  const sign = channel.kind === 'direct' ? avatar(person(store.bot), 'tiny') : icon(channel.kind === 'private' ? 'lock' : 'hash');
  const badge = unread ? [h('span', { class: 'unread', 'aria-hidden': 'true' }, String(channel.unread)), h('span', { class: 'visually-hidden' }, `, ${channel.unread} unread`)] : [];
  const draft = !here && localStorage.getItem(`playground/${store.me}/${channel.id}`) && h('span', { class: 'draft', title: 'Draft' }, icon('pencil'));
  return h('li', {}, h('a', { href: `#${channel.id}`, class: unread ? 'row is-unread' : 'row', 'aria-current': here ? 'page' : undefined },
    sign, h('span', { class: 'row-name' }, channelName(channel)), draft, badge));
}

function drawSwitcher() {
  const me = person(store.me);
  switcher.replaceChildren(avatar(me, 'small'), h('span', { class: 'switcher-words' }, h('span', {}, 'You speak as'), h('strong', {}, me.real_name), h('span', { class: 'visually-hidden' }, 'Change')), icon('switch'));
  const others = [...store.people.values()].filter(({ role }) => role !== 'app' && role !== 'slackbot');
  byId('people-list').replaceChildren(...others.map(choice));
}

// A link, so that it can be opened in another window as well.
function choice(one) {
  const here = one.id === store.me;
  const address = `/?as=${one.id}#${store.channel}`;
  const go = h('a', { href: address, class: 'choice', 'aria-current': here ? 'true' : undefined },
    avatar(one, 'small'), h('span', { class: 'switcher-words' }, h('strong', {}, one.real_name), h('span', {}, one.title)), here && icon('check'));
  const apart = h('a', { href: address, target: '_blank', class: 'icon-button', 'aria-label': `Open a window as ${one.real_name}`, title: 'Open in a new window' }, icon('window'));
  return h('li', {}, go, apart);
}

function toggle(open) {
  menu.hidden = !open;
  switcher.setAttribute('aria-expanded', String(open));
  if (open) menu.querySelector('a')?.focus();
}

switcher.addEventListener('click', () => toggle(menu.hidden));
document.addEventListener('click', (event) => {
  if (!menu.hidden && !menu.contains(event.target) && !switcher.contains(event.target)) toggle(false);
});
menu.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  toggle(false);
  switcher.focus();
});

// On a narrow screen the sidebar slides over the channel.
const open = (is) => {
  document.body.classList.toggle('sidebar-open', is);
  byId('open-sidebar').setAttribute('aria-expanded', String(is));
};
byId('open-sidebar').addEventListener('click', () => {
  open(true);
  byId('sidebar').querySelector('a')?.focus();
});
byId('shade').addEventListener('click', () => open(false));
addEventListener('hashchange', () => open(false));
byId('sidebar').addEventListener('click', (event) => {
  if (event.target.closest('.row')) open(false);
});
byId('sidebar').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') open(false);
});
