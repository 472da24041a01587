import { h } from '../element.ts';
import type { BlockStyle, Bubble, Component, Container, Draw } from './types.ts';
import { box } from './box.ts';
import { image } from './picture.ts';
import { color } from './size.ts';
import { tappable } from './tappable.ts';

/** A bubble, or a carousel of bubbles that is swiped sideways. */
export function container(contents: Container, draw: Draw): HTMLElement {
  if (contents.type === 'bubble') return bubble(contents, draw);
  const strip = h('div', 'fx-carousel', ...contents.contents.map((one) => bubble(one, draw)));
  strip.tabIndex = 0;
  strip.setAttribute('role', 'group');
  strip.setAttribute('aria-label', `カード${contents.contents.length}枚。横に動かせます`);
  return strip;
}

function bubble(one: Bubble, draw: Draw): HTMLElement {
  const element = tappable(one.action, draw);
  element.classList.add('fx-bubble', `fx-${one.size ?? 'mega'}`);
  element.dir = one.direction ?? 'ltr';
  const { styles } = one;
  if (one.header) element.append(block('header', box(one.header, draw), styles?.header));
  if (one.hero) element.append(block('hero', hero(one.hero, draw), styles?.hero));
  if (one.body) element.append(block('body', box(one.body, draw), styles?.body));
  if (one.footer) element.append(block('footer', box(one.footer, draw), styles?.footer));
  return element;
}

function hero(component: Component, draw: Draw): HTMLElement {
  if (component.type === 'box') return box(component, draw);
  if (component.type === 'image') return image(component, draw);
  return h('div', 'fx-unknown', '（動画）');
}

function block(name: string, content: HTMLElement, style: BlockStyle | undefined): HTMLElement {
  const element = h('div', `fx-block fx-${name}`, content);
  const ground = color(style?.backgroundColor);
  if (ground) element.style.backgroundColor = ground;
  if (style?.separator) {
    element.style.borderTop = `1px solid ${color(style.separatorColor) ?? '#d4d6da'}`;
  }
  return element;
}
