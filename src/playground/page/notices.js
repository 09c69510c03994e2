// What is said about the page itself: a banner while something lasts, a toast once.

import { h, byId } from './dom.js';
import { icon } from './icons.js';

export function banner(words) {
  const place = byId('banner');
  place.hidden = !words;
  place.textContent = words;
}

export function toast(words) {
  const close = h('button', { class: 'icon-button', 'aria-label': 'Put away', onclick: () => note.remove() }, icon('close'));
  const note = h('div', { class: 'toast' }, icon('warning'), h('p', {}, words), close);
  byId('toasts').append(note);
  setTimeout(() => note.remove(), 12000);
}

// Asks before a button does something; resolves to whether it shall.
export function confirm({ title, body, yes, no, danger }) {
  return new Promise((resolve) => {
    const done = (answer) => () => {
      dialog.remove();
      resolve(answer);
    };
    const dialog = h('dialog', { class: 'confirm', 'aria-labelledby': 'confirm-title', oncancel: done(false) },
      h('h2', { id: 'confirm-title' }, title),
      h('div', { class: 'confirm-body' }, body),
      h('div', { class: 'confirm-buttons' },
        h('button', { class: 'button', onclick: done(false) }, no),
        h('button', { class: danger ? 'button danger' : 'button primary', onclick: done(true), autofocus: true }, yes)));
    document.body.append(dialog);
    dialog.showModal();
  });
}
