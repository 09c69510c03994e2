// Suggestions while one types: commands after a slash, people after @, channels after #.

import { h } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './avatar.js';
import { store } from './store.js';

const most = 8;
const builtIn = [{ words: '/invite @gtm', help: 'Add the app to this channel' }];

export class Completion {
  constructor(input, popup, { inThread }) {
    Object.assign(this, { input, popup, inThread, options: [], active: -1 });
    const attributes = { 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': popup.id };
    Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
    input.addEventListener('input', () => this.update());
    input.addEventListener('keydown', (event) => this.key(event));
    input.addEventListener('blur', () => this.close());
  }

  update() {
    const found = this.find();
    this.options = found?.options.slice(0, most) ?? [];
    this.range = found?.range;
    // After a whole word Enter shall send, so nothing is chosen until an arrow key chooses it.
    this.active = found?.eager && this.options.length ? 0 : -1;
    this.draw();
  }

  // What could be meant at the cursor: the options and the stretch of text that they replace.
  find() {
    const { value, selectionStart: at } = this.input;
    const before = value.slice(0, at);
    if (before.startsWith('/') && !before.includes('\n') && !this.inThread) return this.commands(before);
    const token = /(^|[\s(])([@#])([\p{L}\p{N}_-]*)$/u.exec(before);
    if (!token) return null;
    const range = [at - token[3].length - 1, at];
    const start = token[3].toLowerCase();
    const options = token[2] === '@' ? people(start) : channels(start);
    return { options, range, eager: true };
  }

  commands(before) {
    const range = [0, this.input.value.length];
    const all = [...store.completions.map(({ words, help }) => ({ words: `${store.command} ${words}`, help })), ...builtIn];
    const typed = before.toLowerCase();
    const fits = ({ words }) => words.toLowerCase().startsWith(typed) && words !== before;
    const options = all.filter(fits).map(({ words, help }) => ({ insert: words, words, help, sign: () => icon('slash') }));
    return { options, range, eager: !before.includes(' ') && before !== store.command && before !== '/' };
  }

  draw() {
    const open = this.options.length > 0;
    this.popup.hidden = !open;
    this.popup.replaceChildren(...this.options.map((option, n) => this.row(option, n)));
    const chosen = this.popup.children[this.active];
    if (chosen) {
      this.input.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  row({ words, help, sign }, n) {
    const choose = (event) => {
      event.preventDefault();
      this.accept(n);
    };
    const selected = n === this.active;
    return h('li', { role: 'option', id: `${this.popup.id}-${n}`, 'aria-selected': String(selected), class: selected ? 'active' : '', onmousedown: choose },
      sign(), h('span', { class: 'completion-words' }, words), h('span', { class: 'completion-help' }, help));
  }

  key(event) {
    if (this.popup.hidden || event.isComposing) return;
    const last = this.options.length - 1;
    const acts = {
      ArrowDown: () => this.move(this.active >= last ? 0 : this.active + 1),
      ArrowUp: () => this.move(this.active <= 0 ? last : this.active - 1),
      Tab: () => this.accept(Math.max(this.active, 0)),
      Escape: () => this.close(),
      Enter: this.active >= 0 && !event.shiftKey ? () => this.accept(this.active) : null,
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  move(to) {
    this.active = to;
    this.draw();
  }

  // Puts the option in; a part in angle brackets is selected, to be typed over.
  accept(n) {
    const { insert } = this.options[n];
    const blank = /<[^>]+>/.exec(insert);
    this.input.setRangeText(insert, ...this.range, 'end');
    this.input.dispatchEvent(new Event('input'));
    this.close();
    if (blank) this.input.setSelectionRange(this.range[0] + blank.index, this.range[0] + blank.index + blank[0].length);
  }

  close() {
    this.options = [];
    this.active = -1;
    this.draw();
  }
}

function people(start) {
  const named = ({ name, real_name: full }) => name.toLowerCase().startsWith(start) || full.toLowerCase().startsWith(start);
  const all = [...store.people.values()].filter((one) => one.role !== 'slackbot' && named(one));
  all.sort((a, b) => Number(b.role === 'app') - Number(a.role === 'app'));
  return all.map((one) => ({ insert: `@${one.name} `, words: `@${one.name}`, help: one.role === 'app' ? 'App' : `${one.real_name}, ${one.title}`, sign: () => avatar(one, 'tiny') }));
}

function channels(start) {
  const all = [...store.channels.values()].filter((channel) => channel.kind !== 'direct' && channel.name.startsWith(start));
  return all.map((channel) => ({ insert: `#${channel.name} `, words: `#${channel.name}`, help: channel.topic, sign: () => icon(channel.kind === 'private' ? 'lock' : 'hash') }));
}
