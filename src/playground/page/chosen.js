// The files of a form. Each is sent on as it is chosen, as in Slack; the answer is their ids.

import { h } from './dom.js';
import { icon } from './icons.js';
import { upload } from './api.js';
import { store } from './store.js';

export function chosenFiles({ filetypes = [], max_files: most = 10 }, { id, described }) {
  const chosen = new Set();
  const list = h('ul', { class: 'chosen' });
  const control = h('input', {
    id,
    type: 'file',
    'aria-describedby': described,
    multiple: most > 1,
    accept: filetypes.map((ending) => `.${ending}`).join(),
    onchange: () => {
      for (const file of control.files) add(file);
      control.value = '';
    },
  });
  const add = (file) => {
    const one = { id: '', problem: '' };
    const drop = () => {
      chosen.delete(one);
      row.remove();
      control.focus();
    };
    const state = h('span', { class: 'chosen-state', role: 'status' }, 'Uploading …');
    const remove = h('button', { class: 'icon-button', type: 'button', 'aria-label': `Remove ${file.name}`, onclick: drop }, icon('close'));
    const row = h('li', {}, h('span', { class: 'chosen-name' }, file.name), state, remove);
    const done = (how, words) => {
      Object.assign(one, how);
      state.textContent = words;
    };
    one.sent = upload('choose', { as: store.me, name: file.name }, file).then(
      (sent) => done({ id: sent.id }, 'Uploaded'),
      (error) => done({ problem: error.message }, `Not uploaded: ${error.message}`),
    );
    chosen.add(one);
    list.append(row);
  };
  const answer = async () => {
    const all = [...chosen];
    await Promise.all(all.map(({ sent }) => sent));
    const failed = all.find(({ problem }) => problem);
    if (failed) throw new Error(`A file was not uploaded: ${failed.problem}`);
    return all.map((one) => one.id).join();
  };
  return { element: h('div', { class: 'chosen-files' }, control, list), answer, focus: () => control.focus() };
}
