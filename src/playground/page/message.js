// One message: who, when, what, its thread, and what can be done with it.

import { h } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './avatar.js';
import { send } from './api.js';
import { blocks } from './blocks.js';
import { ago, fullTime, now, ofTs, timeOf } from './dates.js';
import { emoji } from './emoji.js';
import { mrkdwn } from './mrkdwn.js';
import { toast } from './notices.js';
import { changed, person, replies, store } from './store.js';
import { openThread } from './route.js';

const shortcutIcons = ['plan', 'book'];

// What a message shows besides its own content; a change of it draws the message anew.
export function signature(message, { compact, ephemeral, inThread }) {
  const presses = [...store.presses].filter(([key]) => key.startsWith(`${message.ts}/`));
  const thread = inThread ? [] : replies(message.ts).map((reply) => reply.user + reply.ts + ago(ofTs(reply.ts)));
  const editing = store.edits.ts === message.ts;
  return JSON.stringify([message, compact, ephemeral, presses, thread, editing, now().toDateString()]);
}

export function drawMessage(message, { compact, ephemeral, inThread }) {
  const who = person(message.user);
  if (message.subtype === 'channel_join') return joined(message, who);
  const time = h('time', { class: 'time', title: fullTime(message.ts), datetime: ofTs(message.ts).toISOString() }, timeOf(message.ts));
  const badge = who.role === 'app' && h('span', { class: 'badge' }, 'APP');
  const author = h('span', { class: 'author' }, who.role === 'app' ? who.name : who.real_name);
  const head = !compact && h('div', { class: 'message-head' }, author, badge, ' ', time);
  const side = compact ? h('div', { class: 'gutter' }, time) : avatar(who);
  const kind = ['message', compact && 'compact', ephemeral && 'ephemeral'].filter(Boolean).join(' ');
  const label = `${who.real_name}, ${timeOf(message.ts)}`;
  return h('article', { class: kind, 'aria-label': label },
    ephemeral && whisperNote(message), side,
    h('div', { class: 'message-body' }, head, content(message), reactions(message), !inThread && threadBar(message), broadcastNote(message, inThread)),
    !ephemeral && toolbar(message, inThread));
}

function content(message) {
  if (store.edits.ts === message.ts) return editor(message);
  const edited = message.edited && h('span', { class: 'edited', title: fullTime(message.edited) }, ' (edited)');
  if (message.blocks?.length) {
    const context = { press: (block, action) => press(message, block, action), state: (block, action) => store.presses.get(`${message.ts}/${block}/${action}`) };
    return [blocks(message.blocks, context), edited];
  }
  return h('div', { class: 'words' }, mrkdwn(message.text), files(message), edited);
}

// The files that were shared with a message, by name.
function files({ files: list = [] }) {
  if (list.length === 0) return null;
  // Pictures are kept until the program ends; after that their words stand for them.
  const gone = (file) => (event) => event.target.closest('a').replaceWith(h('p', {}, `${file.alt || file.name} (The picture is no longer kept.)`));
  const picture = (file) => /\.png$/.test(file.name) && h('a', { href: `/playground/picture/${file.id}`, target: '_blank', rel: 'noopener' },
    h('img', { class: 'picture', src: `/playground/picture/${file.id}`, alt: file.alt || file.name, loading: 'lazy', onerror: gone(file) }));
  const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  return h('ul', { class: 'files' }, ...list.map((file) => h('li', {}, picture(file), icon('paperclip'), h('span', {}, file.name), h('small', {}, size(file.size)))));
}

function joined(message, who) {
  return h('article', { class: 'message system' }, avatar(who, 'small'),
    h('div', { class: 'message-body' }, h('strong', {}, who.real_name), ' ', mrkdwn(message.text)));
}

function whisperNote(message) {
  const put = () => send('dismiss', { as: store.me, channel: store.channel, ts: message.ts }).catch((error) => toast(error.message));
  return h('div', { class: 'whisper' }, icon('eye'), h('span', {}, 'Only visible to you'), h('button', { class: 'text-button', onclick: put }, 'Dismiss'));
}

function broadcastNote(message, inThread) {
  if (message.subtype !== 'thread_broadcast' || inThread) return null;
  return h('button', { class: 'text-button', onclick: () => openThread(message.thread_ts) }, 'Also said in a thread');
}

function reactions({ reactions: list = [] }) {
  if (!list.length) return null;
  const chip = ({ name, users }) => {
    const names = users.map((id) => person(id).real_name).join(', ');
    return h('span', { class: 'reaction', title: `${names} reacted with :${name}:` }, emoji(name) ?? `:${name}:`, h('span', {}, String(users.length)));
  };
  return h('div', { class: 'reactions' }, list.map(chip));
}

function threadBar(message) {
  const list = replies(message.ts);
  if (!list.length) return null;
  const people = [...new Set(list.map((reply) => reply.user))].slice(0, 4).map((id) => avatar(person(id), 'tiny'));
  const count = list.length === 1 ? '1 reply' : `${list.length} replies`;
  return h('button', { class: 'thread-bar', data: { focus: 'thread' }, onclick: () => openThread(message.ts) },
    h('span', { class: 'faces' }, people), h('span', { class: 'count' }, count),
    h('span', { class: 'latest' }, `Last reply ${ago(ofTs(list.at(-1).ts))}`), h('span', { class: 'view' }, 'View thread', icon('chevron')));
}

function toolbar(message, inThread) {
  const reply = () => openThread(message.thread_ts ?? message.ts);
  const button = (name, label, act) => h('button', { class: 'icon-button', 'aria-label': label, title: label, data: { focus: name }, onclick: act }, icon(name));
  const own = message.user === store.me && !message.blocks?.length;
  return h('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Message' },
    !inThread && button('thread', 'Reply in thread', reply),
    message.user !== store.bot && store.shortcuts.map(({ id, label }, n) => button(shortcutIcons[n] ?? 'app', label, () => pick(message, id))),
    own && button('pencil', 'Edit message', () => store.edits.start(message)),
    own && button('bin', 'Delete message', () => amend(message)));
}

// The words of one's own message, open for a change.
function editor(message) {
  const input = h('textarea', { class: 'editor', rows: '2', 'aria-label': 'Edit message', data: { focus: 'editor' } });
  input.value = store.edits.draft;
  input.addEventListener('input', () => store.edits.keep(input.value));
  const save = async () => {
    if (await amend(message, input.value)) store.edits.stop();
  };
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') store.edits.stop();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    save();
  });
  return h('div', { class: 'edit' }, input, h('div', { class: 'edit-foot' },
    h('button', { class: 'text-button', type: 'button', onclick: () => store.edits.stop() }, 'Cancel'),
    h('button', { class: 'text-button', type: 'button', onclick: save }, 'Save changes')));
}

async function amend(message, text) {
  try {
    await send('amend', { as: store.me, channel: store.channel, ts: message.ts, text });
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

// A message shortcut; its answer comes as a message that only oneself sees, or as a form.
async function pick(message, shortcut) {
  try {
    await send('pick', { as: store.me, channel: store.channel, ts: message.ts, shortcut });
  } catch (error) {
    toast(error.message);
  }
}

async function press(message, block, action) {
  const key = `${message.ts}/${block}/${action}`;
  if (store.presses.get(key) === 'busy') return;
  const show = (how) => {
    if (how) store.presses.set(key, how);
    else store.presses.delete(key);
    changed();
  };
  show('busy');
  try {
    await send('click', { as: store.me, channel: store.channel, ts: message.ts, block, action });
    show('done');
    setTimeout(() => show(''), 1500);
  } catch (error) {
    show(error.message);
    setTimeout(() => show(''), 8000);
  }
}
