// What this window knows, and who wants to hear when it changes.

import { load, send } from './api.js';
import { now, ofTs, setNow } from './dates.js';

export const store = {
  me: '',
  bot: '',
  team: '',
  // Whether the clock can be set ahead.
  travels: false,
  command: '',
  completions: [],
  examples: [],
  // The entries of a message's menu, and the forms that are open, by id.
  shortcuts: [],
  views: new Map(),
  people: new Map(),
  channels: new Map(),
  run: '',
  seq: 0,
  channel: '',
  thread: '',
  // By channel: {messages, ephemerals, more}, once it was opened.
  rooms: new Map(),
  // The ts up to which a channel was read when it was opened: where "new" begins.
  newFrom: '',
  // By message and button: busy, done, or what went wrong.
  presses: new Map(),
};

// The message of one's own that is open for a change, and the words so far.
store.edits = {
  ts: '',
  draft: '',
  start: (message) => {
    Object.assign(store.edits, { ts: message.ts, draft: typed(message.text) });
    changed();
  },
  keep: (words) => { store.edits.draft = words; },
  stop: () => {
    Object.assign(store.edits, { ts: '', draft: '' });
    changed();
  },
};

// Words as one would type them again.
function typed(text) {
  const names = text.replace(/<([@#])([^|>]+)(?:\|[^>]*)?>/g, (whole, sign, id) => {
    const name = sign === '@' ? store.people.get(id)?.name : store.channels.get(id)?.name;
    return name ? sign + name : whole;
  });
  const links = names.replace(/<([^|>]+)(?:\|([^>]+))?>/g, (whole, url, label) => label ?? url);
  return links.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const listeners = new Set();
let planned = false;

export const onChange = (listener) => listeners.add(listener);

// Draws once a frame, however much has changed.
export function changed() {
  if (planned) return;
  planned = true;
  queueMicrotask(() => {
    planned = false;
    listeners.forEach((listener) => listener());
  });
}

export async function loadState() {
  const as = new URLSearchParams(location.search).get('as') ?? '';
  const state = await load('state', as ? { as } : {});
  const { me, bot, team, command, completions, examples, shortcuts, run, seq } = state;
  if (state.now) setNow(state.now);
  store.travels = Boolean(state.now);
  Object.assign(store, { me, bot, team, command, completions, examples, shortcuts, run, seq });
  store.views = new Map(state.views.map((view) => [view.id, view]));
  store.people = new Map(state.people.map((person) => [person.id, person]));
  store.channels = new Map(state.channels.map((channel) => [channel.id, channel]));
  store.rooms.clear();
  changed();
}

export const person = (id) => store.people.get(id) ?? { id, name: id, real_name: id, title: '', role: 'member' };
export const current = () => store.channels.get(store.channel);
export const room = (id = store.channel) => store.rooms.get(id);

export function channelName(channel) {
  return channel.kind === 'direct' ? person(store.bot).real_name : channel.name;
}

// The first conversation to show: where somebody plans, or whatever there is.
export function firstChannel() {
  const all = [...store.channels.values()];
  return (all.find((channel) => channel.name === 'gtm-plan') ?? all[0])?.id ?? '';
}

export async function openChannel(id, thread = '') {
  const channel = store.channels.get(id);
  if (!channel) return;
  store.channel = id;
  store.thread = thread;
  store.newFrom = channel.unread ? channel.read || '0' : '';
  changed();
  if (!store.rooms.has(id)) {
    const { messages, ephemerals, more } = await load('messages', { as: store.me, channel: id });
    const byTs = (list) => new Map(list.map((message) => [message.ts, message]));
    store.rooms.set(id, { messages: byTs(messages), ephemerals: byTs(ephemerals), more });
  }
  markRead();
  changed();
}

export async function loadEarlier() {
  const channel = store.channel;
  const held = room();
  const before = [...held.messages.values()].filter(inChannel).map((message) => message.ts).sort()[0];
  const { messages, more } = await load('messages', { as: store.me, channel, before });
  messages.forEach((message) => held.messages.set(message.ts, message));
  held.more = more;
  changed();
}

export const inChannel = (message) => !message.thread_ts || message.subtype === 'thread_broadcast';

export function sorted(map) {
  return [...map.values()].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

export function replies(root, id = store.channel) {
  const all = [...(room(id)?.messages.values() ?? [])];
  return all.filter((message) => message.thread_ts === root).sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

// Tells the playground that the channel in front of the person was read.
export function markRead() {
  const channel = current();
  const held = room();
  if (!channel || !held || document.visibilityState !== 'visible') return;
  const last = sorted(held.messages).filter(inChannel).at(-1)?.ts ?? '';
  if (last <= channel.read) return;
  channel.read = last;
  channel.unread = 0;
  send('read', { as: store.me, channel: channel.id, ts: last }).catch(() => {});
}

// Takes in one update of the live stream.
export function apply(update) {
  const held = store.rooms.get(update.channel);
  switch (update.type) {
    case 'person': store.people.set(update.id, update); break;
    case 'channel': takeChannel(update); break;
    case 'message': takeMessage(update, held); break;
    case 'gone': held?.messages.delete(update.ts); break;
    case 'read': takeRead(update); break;
    case 'ephemeral': held?.ephemerals.set(update.message.ts, update.message); break;
    case 'view': store.views.set(update.id, update); break;
    case 'view_gone': store.views.delete(update.id); break;
    case 'ephemeral_gone': held?.ephemerals.delete(update.ts); break;
  }
  if (update.channel === store.channel) markRead();
  changed();
}

function takeChannel(channel) {
  const old = store.channels.get(channel.id) ?? { unread: 0, read: '', latest: '' };
  store.channels.set(channel.id, { ...channel, unread: old.unread, read: old.read, latest: old.latest });
}

function takeMessage({ channel: id, message }, held) {
  // Somebody went ahead in another window.
  if (ofTs(message.ts) - now() > 60_000) setNow(ofTs(message.ts));
  const channel = store.channels.get(id);
  held?.messages.set(message.ts, message);
  if (!channel || !inChannel(message) || message.ts <= channel.latest) return;
  channel.latest = message.ts;
  if (message.user !== store.me && message.ts > channel.read) channel.unread += 1;
}

function takeRead({ channel: id, ts }) {
  const channel = store.channels.get(id);
  if (!channel || ts <= channel.read) return;
  channel.read = ts;
  channel.unread = 0;
}
