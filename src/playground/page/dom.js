// Makes elements. Words become text nodes, never markup, so nothing that somebody wrote can turn
// into an element.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

// Brings a list's elements in line with its items: what did not change stays untouched, with its
// focus and its selection.
export function reconcile(list, items) {
  const old = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const focus = document.activeElement?.dataset?.focus;
  const holder = focus && document.activeElement.closest('[data-key]')?.dataset.key;
  let place = list.firstElementChild;
  for (const { key, sign, draw } of items) {
    let element = old.get(key);
    old.delete(key);
    if (!element || element.dataset.sign !== sign) {
      const fresh = draw();
      fresh.dataset.key = key;
      fresh.dataset.sign = sign;
      if (element && element === place) place = element.nextElementSibling;
      element?.remove();
      element = fresh;
    }
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
  }
  for (const gone of old.values()) gone.remove();
  if (focus && !list.contains(document.activeElement)) {
    const again = [...list.children].find((child) => child.dataset.key === holder);
    again?.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  }
}

// A link that leads only where a link of a message may lead.
export function link(url, label) {
  let target;
  try {
    target = new URL(url);
  } catch {
    return h('span', {}, label);
  }
  if (!['http:', 'https:', 'mailto:'].includes(target.protocol)) return h('span', {}, label);
  const own = target.origin === location.origin && target.pathname.startsWith('/archives/');
  const rest = own ? { data: { permalink: target.pathname + target.search } } : { target: '_blank', rel: 'noopener noreferrer' };
  return h('a', { href: target.href, ...rest }, label);
}
