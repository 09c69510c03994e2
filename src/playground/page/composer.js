// Where one types: a draft for each place, completion, and what goes wrong said right there.

import { h } from './dom.js';
import { icon } from './icons.js';
import { send, upload } from './api.js';
import { Completion } from './complete.js';
import { store } from './store.js';

const draftKey = (place) => `playground/${store.me}/${place}`;

export class Composer {
  constructor(element, { thread }) {
    this.element = element;
    this.thread = thread;
    this.place = '';
    const name = element.id;
    this.input = h('textarea', { rows: '1', 'aria-label': 'Message', 'aria-describedby': `${name}-problem`, autocomplete: 'off', spellcheck: 'true' });
    this.popup = h('ul', { class: 'completion', id: `${name}-completion`, role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
    this.problem = h('p', { class: 'problem', id: `${name}-problem`, role: 'alert' });
    this.button = h('button', { class: 'send', type: 'submit', 'aria-label': 'Send', title: 'Send' }, icon('send'));
    const hint = h('span', { class: 'hint', 'aria-hidden': 'true' }, h('kbd', {}, 'Enter'), ' to send, ', h('kbd', {}, 'Shift + Enter'), ' for a new line');
    element.append(this.popup, h('div', { class: 'box' }, this.input, h('div', { class: 'box-foot' }, this.tools(), hint, this.button)), this.problem);
    this.completion = new Completion(this.input, this.popup, { inThread: Boolean(thread()) || name !== 'composer' });
    this.listen();
  }

  tools() {
    const insert = (words) => () => {
      this.input.focus();
      const at = this.input.selectionStart;
      const space = at > 0 && !/\s$/.test(this.input.value.slice(0, at)) ? ' ' : '';
      this.input.setRangeText(space + words, at, this.input.selectionEnd, 'end');
      this.input.dispatchEvent(new Event('input'));
    };
    const slash = () => this.fill('/');
    const button = (name, label, act) => h('button', { class: 'icon-button', type: 'button', 'aria-label': label, title: label, onclick: act }, icon(name));
    const commands = this.element.id === 'composer' && button('slash', 'Run a command', slash);
    this.file = h('input', { type: 'file', hidden: true, 'aria-label': 'File', onchange: () => this.share() });
    const attach = button('paperclip', 'Share a file', () => this.file.click());
    return h('div', { class: 'tools' }, button('at', 'Mention somebody', insert('@')), commands, attach, this.file);
  }

  // A file goes with the words that stand here; to have it learned, they mention the app.
  async share() {
    const [file] = this.file.files;
    if (!file) return;
    const [place, channel, thread, text] = [this.place, store.channel, this.thread() || '', this.input.value.trimEnd()];
    this.fill('');
    this.problem.textContent = '';
    try {
      await upload('share', { as: store.me, channel, thread, text, name: file.name }, file);
    } catch (error) {
      this.notSent(place, text, error.message);
    }
    this.file.value = '';
  }

  listen() {
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener('input', () => {
      this.problem.textContent = '';
      this.keep();
      this.fit();
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.isComposing || event.defaultPrevented) return;
      if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        this.submit();
      }
    });
  }

  // Shows the draft of a place.
  show(place, placeholder) {
    this.input.placeholder = placeholder;
    this.input.setAttribute('aria-label', placeholder);
    const key = `${store.me}/${place}`;
    if (this.shown === key) return;
    this.shown = key;
    this.place = place;
    this.input.value = localStorage.getItem(draftKey(place)) ?? '';
    this.problem.textContent = '';
    this.completion.close();
    this.fit();
  }

  focus() {
    if (matchMedia('(hover: hover)').matches) this.input.focus({ preventScroll: true });
  }

  fill(words) {
    this.input.value = words;
    this.input.focus();
    this.input.setSelectionRange(words.length, words.length);
    this.input.dispatchEvent(new Event('input'));
  }

  keep() {
    if (this.input.value) localStorage.setItem(draftKey(this.place), this.input.value);
    else localStorage.removeItem(draftKey(this.place));
    this.button.classList.toggle('ready', this.input.value.trim() !== '');
  }

  fit() {
    this.button.classList.toggle('ready', this.input.value.trim() !== '');
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 240)}px`;
  }

  async submit() {
    const text = this.input.value.trimEnd();
    if (!text.trim()) return;
    const [place, channel, thread] = [this.place, store.channel, this.thread() || null];
    this.completion.close();
    this.fill('');
    this.problem.textContent = '';
    try {
      await send('say', { as: store.me, channel, thread, text });
    } catch (error) {
      this.notSent(place, text, error.message);
    }
  }

  // What could not be sent comes back; if something else was begun meanwhile, it is quoted.
  notSent(place, text, why) {
    if (this.place !== place) {
      localStorage.setItem(draftKey(place), text);
      return;
    }
    const other = this.input.value && this.input.value !== text;
    if (!this.input.value) this.fill(text);
    this.completion.close();
    this.problem.textContent = other ? `${why} Not sent: ${text}` : why;
  }
}
