// Time travel: to the next Monday at nine, so that what comes weekly can be seen today.

import { byId } from './dom.js';
import { banner } from './notices.js';
import { send } from './api.js';
import { now, setNow } from './dates.js';
import { changed, store } from './store.js';

const button = byId('travel');
const shown = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });
const dated = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

// A week with a digest on each of its days takes its time.
const patience = 60_000;

// The instant that the button names: a press goes there, whatever the clock says by then.
let goal = null;
let underway = false;

function nextMonday() {
  const day = now();
  day.setHours(9, 0, 0, 0);
  do day.setDate(day.getDate() + 1); while (day.getDay() !== 1);
  return day;
}

export function drawTime() {
  button.hidden = !store.travels;
  if (!store.travels || underway) return;
  goal = nextMonday();
  button.textContent = `It is ${shown.format(now())}. Go to next Monday, ${dated.format(goal)}, 9:00`;
}

button.addEventListener('click', async () => {
  if (underway) return;
  underway = true;
  button.textContent = `Going to Monday, ${dated.format(goal)}, 9:00 …`;
  try {
    const answer = await send('travel', { to: goal.toISOString() }, patience);
    setNow(answer.now);
  } catch (error) {
    banner(error.message);
  } finally {
    underway = false;
    changed();
  }
});
