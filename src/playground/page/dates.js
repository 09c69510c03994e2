// Times as people read them, in the reader's own zone.

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const clock = format({ hour: 'numeric', minute: '2-digit' });
const seconds = format({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
const day = format({ weekday: 'long', day: 'numeric', month: 'long' });
const full = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' });
const shapes = {
  date_num: format({ year: 'numeric', month: '2-digit', day: '2-digit' }),
  date_slash: format({ year: 'numeric', month: '2-digit', day: '2-digit' }),
  date: format({ year: 'numeric', month: 'long', day: 'numeric' }),
  date_short: format({ year: 'numeric', month: 'short', day: 'numeric' }),
  date_long: format({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
  date_long_full: format({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
  day_divider: day,
};

// How far the playground's clock is ahead of this machine's, in milliseconds.
let ahead = 0;

export const now = () => new Date(Date.now() + ahead);

export function setNow(instant) {
  ahead = new Date(instant) - Date.now();
}

export const ofTs = (ts) => new Date(Number(ts) * 1000);
export const timeOf = (ts) => clock.format(ofTs(ts));
export const fullTime = (ts) => full.format(ofTs(ts));

export function dayOf(ts) {
  return relative(ofTs(ts)) ?? day.format(ofTs(ts));
}

// Yesterday, today or tomorrow; nothing for another day.
function relative(date) {
  const start = (d) => new Date(d.getFullYear(), d.getMonth(), d.getDate());
  const days = Math.round((start(date) - start(now())) / 86400000);
  return { '-1': 'Yesterday', 0: 'Today', 1: 'Tomorrow' }[days];
}

export function ago(date) {
  const minutes = Math.round((now() - date) / 60000);
  const relativeTime = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  if (minutes === 0) return 'just now';
  if (Math.abs(minutes) < 60) return relativeTime.format(-minutes, 'minute');
  if (Math.abs(minutes) < 60 * 24) return relativeTime.format(-Math.round(minutes / 60), 'hour');
  return relativeTime.format(-Math.round(minutes / 1440), 'day');
}

// Fills the tokens of Slack's date format; nothing if the time or a token is none.
export function fill(timestamp, template) {
  const date = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  let known = true;
  const words = template.replace(/\{(\w+)\}/g, (_, token) => {
    const pretty = token.endsWith('_pretty');
    const shape = shapes[pretty ? token.slice(0, -7) : token];
    if (token === 'time') return clock.format(date);
    if (token === 'time_secs') return seconds.format(date);
    if (token === 'ago') return ago(date);
    if (!shape) known = false;
    const near = pretty && relative(date);
    return near ? near.toLowerCase() : shape?.format(date) ?? '';
  });
  return known ? words.charAt(0).toUpperCase() + words.slice(1) : null;
}
