// Time travel: to the next Monday at nine, so that what comes weekly can be seen today.

import { byId } from './dom.js';
import { banner } from './notices.js';
import { send } from './api.js';
import { now, setNow } from './dates.js';
import { changed, store } from './store.js';

const button = byId('travel');
const shown = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

function nextMonday() {
  const day = now();
  day.setHours(9, 0, 5, 0);
  do day.setDate(day.getDate() + 1); while (day.getDay() !== 1);
  return day;
}

export function drawTime() {
  button.hidden = !store.travels;
  if (store.travels) button.textContent = `It is ${shown.format(now())}. Go to next Monday, 9:00`;
}

button.addEventListener('click', async () => {
  try {
    const answer = await send('travel', { to: nextMonday().toISOString() });
    setNow(answer.now);
    changed();
  } catch (error) {
    banner(error.message);
  }
});
