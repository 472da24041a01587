import { h } from '../element.ts';
import type { Draw, Icon, Image } from './types.ts';
import { color, imageWidth, ratio, textPx } from './size.ts';
import { isWeb, tappable } from './tappable.ts';

const along: Record<string, string> = { start: 'flex-start', center: 'center', end: 'flex-end' };
const across: Record<string, string> = { top: 'flex-start', center: 'center', bottom: 'flex-end' };

export function image(component: Image, draw: Draw): HTMLElement {
  const frame = tappable(component.action, draw);
  frame.classList.add('fx-image');
  frame.style.justifyContent = along[component.align ?? 'center'] ?? 'center';
  frame.style.alignItems = across[component.gravity ?? 'top'] ?? 'flex-start';
  const picture = img(component.url);
  picture.style.width = imageWidth(component.size);
  picture.style.aspectRatio = ratio(component.aspectRatio);
  picture.style.objectFit = component.aspectMode === 'cover' ? 'cover' : 'contain';
  const ground = color(component.backgroundColor);
  if (ground) picture.style.backgroundColor = ground;
  frame.append(picture);
  return frame;
}

/** An icon stands on the baseline and is as high as a text of its size. */
export function icon(component: Icon): HTMLElement {
  const picture = img(component.url);
  const px = textPx(component.size);
  picture.style.height = component.scaling ? `calc(${px}px * var(--font-scale, 1))` : `${px}px`;
  picture.style.aspectRatio = ratio(component.aspectRatio);
  return h('div', 'fx-icon', picture);
}

function img(url: string): HTMLImageElement {
  const picture = h('img', '');
  picture.alt = '';
  picture.loading = 'lazy';
  picture.referrerPolicy = 'no-referrer';
  if (isWeb(url)) picture.src = url;
  return picture;
}
