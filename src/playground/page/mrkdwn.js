// Slack's own markup as elements: formatting, links, mentions, dates, emoji, quotes, code.

import { h, link } from './dom.js';
import { emoji } from './emoji.js';
import { fill } from './dates.js';
import { store, person } from './store.js';

export const unescape = (words) => words.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

export function mention(id) {
  const known = person(id);
  return h('span', { class: id === store.me ? 'mention me' : 'mention' }, `@${known.role === 'app' ? known.name : known.real_name}`);
}

export function channelLink(id, name = '') {
  const channel = store.channels.get(id);
  const words = `#${channel?.name || name || 'private channel'}`;
  return channel ? h('a', { class: 'mention', href: `#${id}` }, words) : h('span', { class: 'mention' }, words);
}

export const broadcast = (range) => h('span', { class: 'mention me' }, `@${range}`);

// A date whose place knows the exact time, too.
export function dateNode(timestamp, template, fallback, url) {
  const words = fill(timestamp, template) ?? fallback;
  const exact = fill(timestamp, '{date_long} {time_secs}') ?? '';
  const time = h('time', { title: exact }, words);
  return url ? link(url, time) : time;
}

// Words with emoji and line breaks only.
export function plain(words) {
  return emojis(words);
}

function emojis(words) {
  return words.split(/(:[a-z0-9_+'-]+(?:::[a-z0-9-]+)?:)/g).map((part, n) => {
    const shown = n % 2 ? emoji(part.slice(1, -1)) : undefined;
    return shown ? h('span', { class: 'emoji', role: 'img', 'aria-label': part }, shown) : part;
  });
}

// A whole text: code fences, quotes, lines.
export function mrkdwn(text) {
  return text.split(/```(?:\n)?([\s\S]*?)```/g).map((part, n) => {
    if (n % 2) return h('pre', {}, angled(part.replace(/\n$/, '')));
    return quotes(n ? part.replace(/^\n/, '') : part);
  });
}

function quotes(text) {
  const out = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) out.push(h('blockquote', {}, inline(quoted.join('\n'))));
    quoted = [];
  };
  let lines = [];
  const flushLines = () => {
    if (lines.length) out.push(inline(lines.join('\n')));
    lines = [];
  };
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) {
      flushLines();
      quoted.push(quote[1]);
    } else {
      flush();
      lines.push(line);
    }
  }
  flush();
  flushLines();
  return out;
}

const marks = [
  { at: /(^|[\s([{"'“‘*_~—–\-/])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}])/u, tag: 'strong' },
  { at: /(^|[\s([{"'“‘*_~—–\-/])_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}])/u, tag: 'em' },
  { at: /(^|[\s([{"'“‘*_~—–\-/])~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}])/u, tag: 'del' },
];

function inline(text) {
  return text.split(/`([^`\n]+)`/g).map((part, n) => (n % 2 ? h('code', {}, angled(part)) : formatted(part)));
}

// The earliest mark that opens and closes splits the text; what it holds is looked at again. What
// stands in angle brackets is one unit and never split.
function formatted(text) {
  const units = [];
  const masked = text.replace(/<[^<>\n]+>/g, (unit) => `\u0001${units.push(unit) - 1}\u0002`);
  const restore = (words) => words.split(/\u0001(\d+)\u0002/g).map((part, n) => (n % 2 ? angle(units[part].slice(1, -1)) : emojis(unescape(part))));
  const walk = (words) => {
    const found = marks
      .map(({ at, tag }) => ({ hit: at.exec(words), tag }))
      .filter(({ hit }) => hit)
      .sort((a, b) => a.hit.index + a.hit[1].length - (b.hit.index + b.hit[1].length))[0];
    if (!found) return restore(words);
    const { hit, tag } = found;
    const start = hit.index + hit[1].length;
    return [restore(words.slice(0, start)), h(tag, {}, walk(hit[2])), walk(words.slice(hit.index + hit[0].length))];
  };
  return walk(masked);
}

// Within code only links and mentions live on.
function angled(text) {
  return text.split(/<([^<>\n]+)>/g).map((part, n) => (n % 2 ? angle(part) : unescape(part)));
}

function angle(inner) {
  const [head, label] = split(inner, '|');
  const [, , id] = /^([@#])(\w+)$/.exec(head) ?? [];
  if (head.startsWith('@') && id) return mention(id);
  if (head.startsWith('#') && id) return channelLink(id, label);
  if (head.startsWith('!date^')) {
    const [, timestamp, template, url] = head.split('^');
    return dateNode(timestamp, unescape(template ?? ''), unescape(label ?? ''), url && unescape(url));
  }
  if (head.startsWith('!subteam^')) return broadcast(unescape(label ?? 'group').replace(/^@/, ''));
  if (head.startsWith('!')) return broadcast(label ?? head.slice(1));
  return link(unescape(head), label ? formatted(label) : unescape(head).replace(/^mailto:/, ''));
}

function split(text, sign) {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
