// Time travel: to the next Monday at nine, so that what comes weekly can be seen today.

import { byId } from './dom.js';
import { banner } from './notices.js';
import { load, send } from './api.js';

const button = byId('travel');
const shown = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

// How far the playground's clock is ahead of this machine's, in milliseconds; null if it stays put.
let ahead = null;

function now() {
  return new Date(Date.now() + ahead);
}

function nextMonday() {
  const day = now();
  day.setHours(9, 0, 5, 0);
  do day.setDate(day.getDate() + 1); while (day.getDay() !== 1);
  return day;
}

function draw() {
  button.hidden = ahead === null;
  if (!button.hidden) button.textContent = `It is ${shown.format(now())}. Go to next Monday, 9:00`;
}

export async function showTime() {
  const state = await load('state', {});
  ahead = state.now ? new Date(state.now) - Date.now() : null;
  draw();
}

button.addEventListener('click', async () => {
  try {
    const answer = await send('travel', { to: nextMonday().toISOString() });
    ahead = new Date(answer.now) - Date.now();
    draw();
  } catch (error) {
    banner(error.message);
  }
});
