// Standard Markdown, as a markdown block shows it: all headings in one size, images as links.

import { h, link } from './dom.js';
import { plain } from './mrkdwn.js';

const fence = /^(```+|~~~+)/;
const item = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const rule = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const delimiter = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

export function markdown(text) {
  return blocksOf(text.split('\n'));
}

function blocksOf(lines) {
  const out = [];
  let at = 0;
  while (at < lines.length) {
    const [node, used] = blockAt(lines.slice(at));
    if (node) out.push(node);
    at += used;
  }
  return out;
}

// The block at the start of some lines, and how many lines it takes.
function blockAt(lines) {
  const first = lines[0];
  if (!first.trim()) return [null, 1];
  if (fence.test(first)) return code(lines);
  const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/.exec(first);
  if (heading) return [h('h4', { class: 'markdown-heading' }, inline(heading[1])), 1];
  if (rule.test(first)) return [h('hr'), 1];
  if (/^ {0,3}>/.test(first)) return quote(lines);
  if (item.test(first)) return list(lines);
  if (first.includes('|') && delimiter.test(lines[1] ?? '')) return table(lines);
  return paragraph(lines);
}

function code(lines) {
  const mark = fence.exec(lines[0])[1];
  const rest = lines.slice(1);
  const end = rest.findIndex((line) => line.trim() === mark);
  const body = end < 0 ? rest : rest.slice(0, end);
  return [h('pre', {}, body.join('\n')), body.length + (end < 0 ? 1 : 2)];
}

function quote(lines) {
  const end = lines.findIndex((line) => !/^ {0,3}>/.test(line));
  const body = end < 0 ? lines : lines.slice(0, end);
  return [h('blockquote', {}, blocksOf(body.map((line) => line.replace(/^ {0,3}> ?/, '')))), body.length];
}

function paragraph(lines) {
  const starts = (line) => !line.trim() || fence.test(line) || /^ {0,3}(#{1,6}\s|>)/.test(line) || item.test(line) || rule.test(line);
  const end = lines.findIndex((line, n) => n > 0 && starts(line));
  const body = end < 0 ? lines : lines.slice(0, end);
  return [h('p', {}, inline(body.map((line) => line.trim()).join('\n'))), body.length];
}

// A list takes its items and every line that is indented below one of them.
function list(lines) {
  const [, indent, bullet] = item.exec(lines[0]);
  const ordered = /\d/.test(bullet);
  const items = [];
  let at = 0;
  for (; at < lines.length; at += 1) {
    const hit = item.exec(lines[at]);
    const depth = lines[at].search(/\S/);
    if (hit && depth <= indent.length + 1) {
      if (/\d/.test(hit[2]) !== ordered) break;
      items.push([hit[3]]);
    } else if (depth > indent.length) {
      items.at(-1).push(lines[at].slice(Math.min(depth, indent.length + 2)));
    } else if (depth >= 0 || !item.test(lines[at + 1] ?? '')) {
      break;
    }
  }
  const start = ordered ? parseInt(bullet, 10) : 1;
  const attributes = ordered && start !== 1 ? { start } : {};
  return [h(ordered ? 'ol' : 'ul', attributes, items.map(listItem)), Math.max(at, 1)];
}

function listItem([first, ...rest]) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(first);
  const words = inline(task ? task[2] : first);
  const box = task && h('input', { type: 'checkbox', disabled: true, checked: task[1] !== ' ', 'aria-label': task[1] === ' ' ? 'To do' : 'Done' });
  return h('li', { class: task ? 'task' : undefined }, box, h('span', {}, words), blocksOf(rest));
}

function table(lines) {
  const end = lines.findIndex((line, n) => n > 1 && !line.includes('|'));
  const rows = (end < 0 ? lines : lines.slice(0, end)).map(cells);
  const [head, marks, ...body] = rows;
  const align = marks.map((mark) => (mark.endsWith(':') ? (mark.startsWith(':') ? 'center' : 'right') : 'left'));
  const row = (tag) => (words) => h('tr', {}, head.map((_, n) => h(tag, { class: `to-${align[n] ?? 'left'}` }, inline(words[n] ?? ''))));
  const shown = h('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': `Table: ${head.join(', ')}` },
    h('table', {}, h('thead', {}, row('th')(head)), h('tbody', {}, body.map(row('td')))));
  return [shown, rows.length];
}

function cells(line) {
  const bare = line.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, '|'));
}

const spans = [
  [/`+([^`]+)`+/, (hit) => h('code', {}, hit[1])],
  [/!?\[([^\]\n]*)\]\((\S+?)(?:\s+"[^"]*")?\)/, (hit) => link(hit[2], inline(hit[1] || hit[2]))],
  [/<(https?:[^\s<>]+|mailto:[^\s<>]+)>/, (hit) => link(hit[1], hit[1])],
  [/\*\*\*(?=\S)(.+?\S)\*\*\*/, (hit) => h('strong', {}, h('em', {}, inline(hit[1])))],
  [/\*\*(?=\S)(.*?\S)\*\*/, (hit) => h('strong', {}, inline(hit[1]))],
  [/(?<![\p{L}\p{N}_])__(?=\S)(.*?\S)__(?![\p{L}\p{N}_])/u, (hit) => h('strong', {}, inline(hit[1]))],
  [/\*(?=[^\s*])([^*]*[^\s*])\*/, (hit) => h('em', {}, inline(hit[1]))],
  [/(?<![\p{L}\p{N}_])_(?=[^\s_])([^_]*[^\s_])_(?![\p{L}\p{N}_])/u, (hit) => h('em', {}, inline(hit[1]))],
  [/~~(?=\S)(.*?\S)~~/, (hit) => h('del', {}, inline(hit[1]))],
  [/\\([\\`*_{}[\]()#+.!|~>-])/, (hit) => hit[1]],
  [/(?<![\w/])https?:\/\/[^\s<>()]+[^\s<>().,;:!?'"]/, (hit) => link(hit[0], hit[0])],
];

// The earliest span splits the words; what it holds is looked at again.
function inline(words) {
  const hits = spans.map(([at, draw]) => ({ hit: at.exec(words), draw })).filter(({ hit }) => hit);
  const first = hits.sort((a, b) => a.hit.index - b.hit.index)[0];
  if (!first) return broken(words);
  const { hit, draw } = first;
  return [inline(words.slice(0, hit.index)), draw(hit), inline(words.slice(hit.index + hit[0].length))];
}

function broken(words) {
  return words.split(/ *\n/).flatMap((line, n) => (n ? [h('br'), ...plain(line)] : plain(line)));
}
