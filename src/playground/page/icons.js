// The page's icons: strokes on a field of 20 by 20.

const paths = {
  app: 'M3 15.5h14M5 12.5l3.2-4 3 2.4L15.5 5M12.3 4.7h3.5v3.5',
  at: 'M13.2 10a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0v1.2a2 2 0 0 0 4 0V10a7.2 7.2 0 1 0-2.9 5.8',
  book: 'M10 5.5C8.5 4.3 6.3 4 3.5 4v11c2.8 0 5 .3 6.5 1.5 1.5-1.2 3.7-1.5 6.5-1.5V4c-2.8 0-5 .3-6.5 1.5zM10 5.5v11',
  bin: 'M4 6h12M8 6V4h4v2M5.5 6l.8 10.5h7.4L14.5 6M8.5 9v5M11.5 9v5',
  check: 'M4 10.5l4 4 8-9',
  chevron: 'M8 5l5 5-5 5',
  close: 'M5 5l10 10M15 5L5 15',
  down: 'M10 4v11M5 10.5l5 5 5-5',
  eye: 'M2.5 10s2.8-5 7.5-5 7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  hash: 'M8 3.5l-2 13M14 3.5l-2 13M3.8 7.5h13M3.2 12.5h13',
  image: 'M3.5 4.5h13v11h-13zM3.5 13l3.5-3.5 3 3 2.5-2 4 3.5M13 8.2v.1',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  plan: 'M4 5h12M4 9h12M4 13h6M13 15l2 2 3-4',
  paperclip: 'M14.5 9.5l-5.2 5.2a3.2 3.2 0 0 1-4.5-4.5l6-6a2.2 2.2 0 0 1 3.1 3.1l-5.8 5.8a1.1 1.1 0 0 1-1.6-1.6l5-5',
  pencil: 'M4 16l.8-3.4L13.5 4l2.6 2.6-8.7 8.7z',
  send: 'M3.5 4l13.5 6-13.5 6 2-6zM5.5 10H11',
  slash: 'M3.5 3.5h13v13h-13zM12 6.5l-4 7',
  switch: 'M6 8l4-4 4 4M6 12l4 4 4-4',
  thread: 'M3.5 4h13v9.5H10L6 17v-3.5H3.5zM7 7.5h6M7 10.3h4',
  warning: 'M10 3.5l7.5 13h-15zM10 8.5v3.7M10 14.4v.1',
  window: 'M11 4H4v12h12V9M12 3.5h4.5V8M16 4l-6.5 6.5',
};

const space = 'http://www.w3.org/2000/svg';

export function icon(name) {
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

// Puts an icon wherever the page's own text names one.
export function fillIcons() {
  for (const place of document.querySelectorAll('[data-icon]')) place.prepend(icon(place.dataset.icon));
}
