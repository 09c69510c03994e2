// The form that the app has opened over the page, if there is one.

import { h } from './dom.js';
import { icon } from './icons.js';
import { send } from './api.js';
import { blocks } from './blocks.js';
import { chosenFiles } from './chosen.js';
import { mrkdwn } from './mrkdwn.js';
import { toast } from './notices.js';
import { store } from './store.js';

let shown = '';
let dialog;

// Draws the newest view; what is typed stays as long as the view is the same.
export function drawModal() {
  const view = [...store.views.values()].at(-1);
  const sign = view ? `${view.id} ${view.hash}` : '';
  if (sign === shown) return;
  shown = sign;
  dialog?.remove();
  dialog = undefined;
  if (!view) return;
  dialog = draw(view);
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('input:not([type=radio], [type=file]), textarea')?.focus();
}

const words = (text) => (text?.type === 'mrkdwn' ? mrkdwn(text.text) : text?.text ?? '');

function draw({ id, view }) {
  const title = h('h2', { id: 'modal-title' }, words(view.title));
  const shut = () => send('close', { as: store.me, view: id }).catch((error) => toast(error.message));
  const problem = h('p', { class: 'problem', role: 'alert' });
  const inputs = new Map();
  const parts = view.blocks.map((block) => {
    if (block.type !== 'input') return blocks([block], { press: () => {}, state: () => '' });
    const input = field(block);
    inputs.set(block.block_id, input);
    return input.element;
  });
  const close = h('button', { class: 'button', type: 'button', onclick: shut }, words(view.close) || 'Cancel');
  const submit = view.submit && h('button', { class: 'button primary', type: 'submit' }, words(view.submit));
  const off = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    problem.textContent = '';
    try {
      await sendOff(id, inputs);
    } catch (error) {
      problem.textContent = error.message;
    }
    submit.disabled = false;
  };
  const form = h('form', { onsubmit: off, novalidate: true }, parts, problem, h('footer', {}, close, submit));
  const cross = h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Close the form', onclick: shut }, icon('close'));
  const element = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' }, h('header', {}, title, cross), form);
  // Escape closes it for good, as in Slack.
  element.addEventListener('cancel', (event) => {
    event.preventDefault();
    shut();
  });
  return element;
}

async function sendOff(view, inputs) {
  const answers = {};
  for (const [name, input] of inputs) {
    input.wrong('');
    answers[name] = await input.answer();
  }
  const { errors } = await send('submit', { as: store.me, view, answers });
  const wrong = Object.entries(errors);
  for (const [name, why] of wrong) inputs.get(name)?.wrong(why);
  inputs.get(wrong[0]?.[0])?.focus();
}

// One thing to answer, with what is wrong about it said right there.
function field({ block_id: name, label, hint, optional, element }) {
  const id = `modal-input-${name}`;
  const alert = h('p', { class: 'wrong', id: `${id}-wrong`, role: 'alert' });
  const note = hint && h('p', { class: 'field-hint', id: `${id}-hint` }, words(hint));
  const described = [note && `${id}-hint`, `${id}-wrong`].filter(Boolean).join(' ');
  const head = [words(label), optional && h('span', { class: 'optional' }, ' (optional)')];
  const control = controlOf(element, { id, described });
  const element_ = control.group
    ? h('fieldset', { class: 'field', 'aria-describedby': described }, h('legend', {}, head), control.element, note, alert)
    : h('div', { class: 'field' }, h('label', { for: id }, head), control.element, note, alert);
  return {
    element: element_,
    answer: control.answer,
    focus: control.focus,
    wrong: (why) => {
      alert.textContent = why;
      element_.classList.toggle('is-wrong', why !== '');
    },
  };
}

function controlOf(element, { id, described }) {
  if (element.type === 'radio_buttons') return radio(element, id);
  if (element.type === 'static_select') return select(element, { id, described });
  if (element.type === 'file_input') return chosenFiles(element, { id, described });
  const props = { id, 'aria-describedby': described, autocomplete: 'off' };
  const control = element.multiline
    ? h('textarea', { ...props, rows: '6', maxlength: element.max_length })
    : h('input', { ...props, type: element.type === 'datepicker' ? 'date' : 'text', maxlength: element.max_length });
  control.value = element.initial_value ?? element.initial_date ?? '';
  return { element: control, answer: () => control.value, focus: () => control.focus() };
}

function radio({ options, initial_option: initial }, id) {
  const controls = options.map(({ value }, n) => h('input', { type: 'radio', name: id, id: `${id}-${n}`, value, checked: initial?.value === value }));
  const rows = options.map(({ text }, n) => h('div', { class: 'choice' }, controls[n], h('label', { for: `${id}-${n}` }, words(text))));
  return {
    group: true,
    element: h('div', { class: 'choices' }, rows),
    answer: () => controls.find((control) => control.checked)?.value ?? '',
    focus: () => controls[0]?.focus(),
  };
}

function select({ options, initial_option: initial }, { id, described }) {
  const all = options.map(({ text, value }) => h('option', { value, selected: initial?.value === value }, words(text)));
  const control = h('select', { id, 'aria-describedby': described }, h('option', { value: '' }, 'Choose one'), all);
  return { element: control, answer: () => control.value, focus: () => control.focus() };
}
