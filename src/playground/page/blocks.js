// Block Kit as elements. `context.press` is told when a button is pressed and `context.state` says
// how the press before went; without them the blocks are only looked at.

import { chart } from './chart.js';
import { h, link } from './dom.js';
import { icon } from './icons.js';
import { markdown } from './markdown.js';
import { mrkdwn, plain } from './mrkdwn.js';
import { richText } from './richtext.js';
import { confirm } from './notices.js';

export function blocks(list, context = {}) {
  return h('div', { class: 'blocks' }, list.map((block) => draw(block, context)));
}

function draw(block, context) {
  switch (block.type) {
    case 'header': return h('h3', { class: 'block block-header' }, plain(block.text.text));
    case 'section': return section(block, context);
    case 'divider': return h('hr', { class: 'block' });
    case 'context': return h('div', { class: 'block block-context' }, block.elements.map(contextElement));
    case 'actions': return h('div', { class: 'block block-actions' }, block.elements.map((element) => button(element, block, context)));
    case 'image': return image(block);
    case 'rich_text': return h('div', { class: 'block' }, richText(block));
    case 'markdown': return h('div', { class: 'block markdown' }, markdown(block.text));
    case 'table': return table(block);
    case 'data_visualization': return chart(block);
    default: return h('p', { class: 'block unknown' }, `The playground can’t draw a ${block.type} block`);
  }
}

export function textObject(object) {
  return object.type === 'mrkdwn' ? mrkdwn(object.text) : plain(object.text);
}

function section(block, context) {
  const words = block.text && h('div', { class: 'section-text' }, textObject(block.text));
  const fields = block.fields && h('div', { class: 'section-fields' }, block.fields.map((field) => h('div', { class: 'field' }, textObject(field))));
  const side = block.accessory && h('div', { class: 'accessory' }, accessory(block.accessory, block, context));
  return h('div', { class: 'block block-section' }, h('div', { class: 'section-main' }, words, fields), side);
}

function accessory(element, block, context) {
  return element.type === 'image' ? picture(element, 'thumbnail') : button(element, block, context);
}

function contextElement(element) {
  return element.type === 'image' ? picture(element, 'tiny') : h('span', { class: 'context-text' }, textObject(element));
}

function image(block) {
  const title = block.title && h('figcaption', {}, plain(block.title.text));
  return h('figure', { class: 'block block-image' }, title, picture(block, 'picture'));
}

// Only pictures that come with the message are loaded; another one would tell its host who reads.
function picture({ image_url: url, alt_text: words }, kind) {
  if (url.startsWith('data:image/')) return h('img', { class: kind, src: url, alt: words });
  return h('span', { class: 'picture-link' }, icon('image'), link(url, words));
}

const rounds = { busy: 'Sending', done: 'Taken by the app' };

function button(element, block, context) {
  const how = context.state?.(block.block_id, element.action_id);
  const failed = how && !rounds[how] ? how : '';
  const press = async () => {
    if (element.confirm && !(await agreed(element.confirm))) return;
    context.press?.(block.block_id, element.action_id);
  };
  const kind = ['button', element.style, how && (failed ? 'failed' : how)].filter(Boolean).join(' ');
  const mark = how && (how === 'busy' ? h('span', { class: 'spinner' }) : icon(failed ? 'warning' : 'check'));
  const props = {
    class: kind,
    type: 'button',
    title: failed || undefined,
    'aria-label': element.accessibility_label,
    'aria-busy': how === 'busy' ? 'true' : undefined,
    data: { focus: `${block.block_id}/${element.action_id}` },
    onclick: press,
  };
  const face = h('button', props, h('span', { class: 'button-words' }, plain(element.text.text)), mark);
  const opens = element.url && link(element.url, h('span', { class: 'visually-hidden' }, `Open ${element.text.text}`));
  if (opens) face.addEventListener('click', () => opens.click());
  return failed ? [face, h('span', { class: 'button-error', role: 'alert' }, failed)] : face;
}

function agreed({ title, text, confirm: yes, deny: no, style }) {
  return confirm({ title: title.text, body: textObject(text), yes: yes.text, no: no.text, danger: style === 'danger' });
}

function table({ rows, column_settings: columns = [] }) {
  const kind = (n) => [`to-${columns[n]?.align ?? 'left'}`, columns[n]?.is_wrapped ? 'wrapped' : 'unwrapped'].join(' ');
  const row = (tag) => (cells) => h('tr', {}, cells.map((cell, n) => h(tag, { class: kind(n) }, cellOf(cell))));
  const [head, ...body] = rows;
  return h('div', { class: 'block table-frame', tabindex: '0', role: 'region', 'aria-label': `Table: ${wordsOf(head)}` },
    h('table', {}, h('thead', {}, row('th')(head)), h('tbody', {}, body.map(row('td')))));
}

function wordsOf(cells) {
  return cells.map((cell) => h('span', {}, cellOf(cell)).textContent).join(', ');
}

function cellOf(cell) {
  if (cell.type === 'rich_text') return richText(cell);
  return cell.type === 'raw_number' ? String(cell.text ?? cell.value) : plain(cell.text);
}
