// The channel in the middle: its header, its messages, and what to try while it is empty.

import { byId, h, reconcile } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './avatar.js';
import { Composer } from './composer.js';
import { stick, timeline } from './timeline.js';
import { channelName, current, inChannel, loadEarlier, markRead, person, room, sorted, store } from './store.js';
import { toast } from './notices.js';

const scroller = byId('messages');
const list = byId('message-list');
const composer = new Composer(byId('composer'), { thread: () => '' });
const place = stick(scroller, list);
let shown = '';
let newest = '';

export function drawChannel() {
  const channel = current();
  if (!channel) return;
  drawHeader(channel);
  composer.show(`${store.channel}`, `Message ${channel.kind === 'direct' ? channelName(channel) : `#${channel.name}`}`);
  const held = room();
  if (!held) return;
  const hidden = sorted(held.ephemerals).filter((message) => !message.thread_ts);
  const open = sorted(held.messages).filter(inChannel);
  const all = [...open.map((message) => ({ message })), ...hidden.map((message) => ({ message, ephemeral: true }))];
  all.sort((a, b) => (a.message.ts < b.message.ts ? -1 : 1));
  const head = held.more ? earlier() : beginning(channel, all.length === 0);
  const switched = shown !== channel.id;
  const last = all.at(-1)?.message.ts ?? '';
  if (switched || (last > newest && all.at(-1).message.user === store.me)) place.atEnd = true;
  reconcile(list, [head, ...timeline(all, { newFrom: store.newFrom })]);
  if (place.atEnd) place.toEnd();
  else if (last > newest) byId('to-end').hidden = false;
  if (switched) composer.focus();
  newest = last;
  shown = channel.id;
}

scroller.addEventListener('scroll', () => { if (place.atEnd) byId('to-end').hidden = true; });
byId('to-end').addEventListener('click', place.toEnd);
document.addEventListener('visibilitychange', markRead);

function drawHeader(channel) {
  const sign = channel.kind === 'direct' ? avatar(person(store.bot), 'small') : icon(channel.kind === 'private' ? 'lock' : 'hash');
  const names = channel.members.map((id) => person(id).real_name).join(', ');
  const faces = channel.members.slice(0, 3).map((id) => avatar(person(id), 'tiny'));
  const members = channel.kind !== 'direct' && h('span', { class: 'members', title: names },
    h('span', { class: 'faces' }, faces), h('span', {}, String(channel.members.length)), h('span', { class: 'visually-hidden' }, ` members: ${names}`));
  byId('channel-title').replaceChildren(sign, h('span', {}, channelName(channel)));
  byId('channel-topic').textContent = channel.topic;
  byId('channel-members').replaceChildren(...(members ? [members] : []));
  document.title = `${channel.kind === 'direct' ? '' : '#'}${channelName(channel)} · ${store.team}`;
}

function earlier() {
  const load = () => loadEarlier().catch((error) => toast(error.message));
  const draw = () => h('div', { class: 'earlier' }, h('button', { class: 'button', onclick: load }, 'Show earlier messages'));
  return { key: 'earlier', sign: 'earlier', draw };
}

// The very beginning of a channel; while nothing was said it offers what to try first.
function beginning(channel, empty) {
  const sign = JSON.stringify([channel.id, empty, channel.members.includes(store.bot)]);
  const draw = () => h('section', { class: 'beginning' }, badge(channel), ...welcome(channel), empty && examples(channel));
  return { key: 'beginning', sign, draw };
}

function badge(channel) {
  if (channel.kind === 'direct') return avatar(person(store.bot), 'large');
  return h('span', { class: 'channel-badge' }, icon(channel.kind === 'private' ? 'lock' : 'hash'));
}

function welcome(channel) {
  if (channel.kind === 'direct') {
    return [h('h2', {}, channelName(channel)), h('p', {}, 'This conversation is just between you and the app.')];
  }
  const words = `This is the very beginning of the ${channel.kind === 'private' ? 'private ' : ''}channel.`;
  return [h('h2', {}, `#${channel.name}`), h('p', {}, words, channel.topic && ` ${channel.topic}.`)];
}

function examples(channel) {
  const direct = channel.kind === 'direct';
  const away = !channel.members.includes(store.bot);
  const invite = { words: '/invite @gtm', help: 'The app is not here yet: ask it in' };
  const known = store.examples.map(({ words, help }) => ({ words: direct ? words.replace(/^@\S+\s+/, '') : words, help }));
  const offered = [...(away ? [invite] : []), ...known].slice(0, 3);
  const card = ({ words, help }) => h('button', { class: 'example', onclick: () => composer.fill(words) }, h('code', {}, words), h('span', {}, help));
  return h('div', { class: 'examples' }, h('h3', {}, 'Try this first'), h('div', { class: 'example-list' }, offered.map(card)));
}
