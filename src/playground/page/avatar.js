// A face: initials in a colour of one's own, or the app's sign.

import { h } from './dom.js';
import { icon } from './icons.js';
import { store } from './store.js';

export function avatar(who, size = '') {
  const props = { class: `avatar ${size} ${hue(who)}`, 'aria-hidden': 'true' };
  if (who.role === 'app') return h('span', props, icon('app'));
  const initials = who.real_name.split(/\s+/).map((word) => word[0]).slice(0, 2).join('');
  return h('span', props, initials);
}

function hue(who) {
  if (who.role === 'app') return 'hue-app';
  if (who.role === 'slackbot') return 'hue-slackbot';
  return `hue-${Math.max([...store.people.keys()].indexOf(who.id), 0) % 6}`;
}
