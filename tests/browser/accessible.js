// What people who do not see the page, or see it badly, would stumble over; as lines of text.
() => {
  const faults = [];
  const say = (element, words) => faults.push(`${words}: ${element.outerHTML.slice(0, 160)}`);
  const shown = (element) => element.checkVisibility({ opacityProperty: false, visibilityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

  const wordsOf = (element) => {
    const named = element.getAttribute('aria-labelledby')?.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' ');
    const pictures = [...element.querySelectorAll('img[alt]')].map((image) => image.alt).join(' ');
    return (named || element.getAttribute('aria-label') || `${element.textContent} ${pictures}` || element.title).trim();
  };
  for (const element of all('button, a[href], textarea, input, [role=option], [role=region], [role=listbox], [role=toolbar], dialog, nav, aside, article')) {
    if (!wordsOf(element)) say(element, 'has no name');
  }
  for (const image of all('img')) if (!image.hasAttribute('alt')) say(image, 'has no alternative text');
  const isNamed = (svg) => svg.getAttribute('role') === 'img' && svg.getAttribute('aria-label')?.trim();
  for (const svg of all('svg')) if (svg.getAttribute('aria-hidden') !== 'true' && !isNamed(svg)) say(svg, 'is neither named nor hidden');
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-activedescendant']) {
    for (const element of all(`[${attribute}]`)) {
      const lost = element.getAttribute(attribute).split(/\s+/).filter((id) => !document.getElementById(id));
      if (lost.length) say(element, `${attribute} names ${lost}, which is not there`);
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of ids.filter((one, n) => ids.indexOf(one) !== n)) faults.push(`the id ${id} is there twice`);
  for (const element of all('[tabindex]')) if (element.tabIndex > 0) say(element, 'jumps the queue of the Tab key');
  for (const outer of all('a[href], button')) if (outer.querySelector('a[href], button')) say(outer, 'holds another control');
  for (const option of all('[role=option]')) if (!option.closest('[role=listbox]')) say(option, 'is outside a list');
  if (!document.documentElement.lang) faults.push('the page does not say its language');
  if (all('main').length !== 1 || all('h1').length !== 1) faults.push('the page needs one main part and one first heading');
  let level = 0;
  for (const heading of all('main h1, main h2, main h3, main h4')) {
    const own = Number(heading.tagName[1]);
    if (own > level + 2) say(heading, 'leaves out levels of headings');
    level = own;
  }

  // Contrast after WCAG 2: 4.5, or 3 for large letters.
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      // The page has one gradient, which ends 220 px below its top: there the last colour begins.
      const stops = style.backgroundImage.match(/rgba?\([^)]*\)/g) ?? [style.backgroundColor];
      const below = element.getBoundingClientRect().top - one.getBoundingClientRect().top > 220;
      layers.push(rgba(below ? stops.at(-1) : stops[0]));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), rgba(getComputedStyle(document.body).backgroundColor));
  };
  const light = ([r, g, b]) => {
    const [R, G, B] = [r, g, b].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element) || !shown(element)) continue;
    if (element.closest('.visually-hidden, .emoji, noscript, script')) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    const below = ground(element);
    const [a, b] = [light(over(rgba(style.color), below)), light(below)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < least) say(element, `a contrast of ${contrast.toFixed(2)} is less than ${least}`);
  }
  return faults;
};
