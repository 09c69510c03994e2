// Lines over time, with their last values as words: colour alone tells nothing.

import { h } from './dom.js';

// On a phone the picture is as wide as its frame, so that its words keep their size.
const wide = matchMedia('(max-width: 600px)').matches ? 290 : 520;
const high = 150;
const edge = { top: 10, right: 10, bottom: 22, left: 34 };

function svg(tag, props = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, value);
  element.append(...children.flat(Infinity));
  return element;
}

export function chart({ title, chart: { series, axis_config: axis } }) {
  const all = series.flatMap((line) => line.data.map((point) => point.value));
  const top = Math.max(1, ...all);
  const low = Math.min(0, ...all);
  const last = axis.categories.length - 1;
  const x = (n) => edge.left + ((wide - edge.left - edge.right) * n) / Math.max(1, last);
  const y = (value) => edge.top + ((high - edge.top - edge.bottom) * (top - value)) / (top - low);
  const rule = (value) => [
    svg('line', { class: 'chart-rule', x1: edge.left, x2: wide - edge.right, y1: y(value), y2: y(value) }),
    svg('text', { class: 'chart-word', x: edge.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, String(value)),
  ];
  const name = (n, anchor) => svg('text', { class: 'chart-word', x: x(n), y: high - 6, 'text-anchor': anchor }, axis.categories[n]);
  const lines = series.map((line, n) => [
    svg('polyline', { class: `chart-line line-${n % 4}`, points: line.data.map((point, at) => `${x(at)},${y(point.value)}`).join(' ') }),
    svg('circle', { class: `chart-dot line-${n % 4}`, cx: x(last), cy: y(line.data[last].value), r: 3.5 }),
  ]);
  const picture = svg('svg', { viewBox: `0 0 ${wide} ${high}`, role: 'img', 'aria-label': `${title}: ${words(series)}` },
    rule(low), rule(top), name(0, 'start'), last > 0 ? name(last, 'end') : [], lines);
  const keys = series.map((line, n) => h('li', {},
    h('span', { class: `chart-key line-${n % 4}` }), `${line.name} `, h('b', {}, String(line.data[last].value))));
  return h('figure', { class: 'block block-chart' }, h('figcaption', {}, title), picture, h('ul', { class: 'chart-keys' }, keys));
}

function words(series) {
  return series.map((line) => `${line.name} ${line.data.map((point) => point.value).join(', ')}`).join('; ');
}
