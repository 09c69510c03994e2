// Rich text: sections, lists, quotes, preformatted text and the runs within them.

import { h, link } from './dom.js';
import { emoji } from './emoji.js';
import { broadcast, channelLink, dateNode, mention } from './mrkdwn.js';

export function richText(block) {
  return h('div', { class: 'rich-text' }, lists(block.elements));
}

// Lists that follow each other with a deeper indent belong into one another.
function lists(elements) {
  return elements.map((element) => {
    switch (element.type) {
      case 'rich_text_list': return list(element);
      case 'rich_text_quote': return h('blockquote', {}, runs(element.elements));
      case 'rich_text_preformatted': return h('pre', {}, runs(element.elements));
      default: return h('div', { class: 'rich-text-section' }, runs(element.elements));
    }
  });
}

function list({ style, indent = 0, offset = 0, elements }) {
  const items = elements.map((item) => h('li', {}, runs(item.elements)));
  const start = offset ? { start: offset + 1 } : {};
  return h(style === 'ordered' ? 'ol' : 'ul', { class: `indent-${indent}`, ...start }, items);
}

function runs(elements) {
  return elements.map((element) => styled(element.style, run(element)));
}

function run(element) {
  switch (element.type) {
    case 'text': return element.text;
    case 'link': return link(element.url, element.text ?? element.url);
    case 'user': return mention(element.user_id);
    case 'channel': return channelLink(element.channel_id);
    case 'usergroup': return broadcast('group');
    case 'broadcast': return broadcast(element.range);
    case 'emoji': return emoji(element.name) ?? `:${element.name}:`;
    case 'date': return dateNode(element.timestamp, element.format, element.fallback ?? '', element.url);
    default: return '';
  }
}

const tags = { code: 'code', strike: 'del', italic: 'em', bold: 'strong' };

function styled(style, node) {
  return Object.entries(tags).reduce((inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner), node);
}
