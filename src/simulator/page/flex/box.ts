import { h } from '../element.ts';
import type { Box, Component, Draw, Layout } from './types.ts';
import { button } from './button.ts';
import { icon, image } from './picture.ts';
import { place } from './place.ts';
import { border, color, space } from './size.ts';
import { tappable } from './tappable.ts';
import { text } from './text.ts';

/** A box and everything in it. */
export function box(component: Box, draw: Draw): HTMLElement {
  const element = tappable(component.action, draw);
  element.classList.add('fx-box', `fx-${component.layout}`);
  const { style } = element;
  if (component.justifyContent) style.justifyContent = component.justifyContent;
  if (component.alignItems && component.layout !== 'baseline')
    style.alignItems = component.alignItems;
  lengths(style, component);
  paint(style, component);
  const gap = space(component.spacing);
  let first = true;
  for (const child of component.contents ?? []) {
    element.append(placed(child, component.layout, first ? undefined : gap, draw));
    if (!('position' in child && child.position === 'absolute')) first = false;
  }
  return element;
}

function placed(
  child: Component,
  parent: Layout,
  gap: string | undefined,
  draw: Draw,
): HTMLElement {
  const element = drawn(child, parent, draw);
  // Icons and separators take the room they need; a fixed width leaves nothing to share out.
  const fixed =
    child.type === 'icon' || child.type === 'separator' || (child.type === 'box' && child.width);
  const own = child.type === 'filler' ? 1 : fixed ? 0 : undefined;
  if (child.type !== 'span' && child.type !== 'video') place(element, child, parent, gap, own);
  return element;
}

function drawn(child: Component, parent: Layout, draw: Draw): HTMLElement {
  switch (child.type) {
    case 'box':
      return box(child, draw);
    case 'text':
      return text(child, draw);
    case 'button':
      return button(child, draw);
    case 'image':
      return image(child, draw);
    case 'icon':
      return icon(child);
    case 'separator': {
      const line = h('div', parent === 'vertical' ? 'fx-rule' : 'fx-rule fx-rule-upright');
      const ink = color(child.color);
      if (ink) line.style.backgroundColor = ink;
      return line;
    }
    case 'filler':
    case 'span':
    case 'video':
      return h('div', '');
    default:
      // What LINE has and this page does not know shows itself instead of vanishing.
      return h(
        'div',
        'fx-unknown',
        `? ${String((child satisfies never as { type?: unknown }).type)}`,
      );
  }
}

function lengths(style: CSSStyleDeclaration, component: Box): void {
  const set = (property: string, value: string | undefined) => {
    const length = space(value);
    if (length !== undefined) style.setProperty(property, length);
  };
  set('padding', component.paddingAll);
  set('padding-top', component.paddingTop);
  set('padding-bottom', component.paddingBottom);
  set('padding-inline-start', component.paddingStart);
  set('padding-inline-end', component.paddingEnd);
  set('width', component.width);
  set('max-width', component.maxWidth);
  set('height', component.height);
  set('max-height', component.maxHeight);
  set('border-radius', component.cornerRadius);
}

function paint(style: CSSStyleDeclaration, component: Box): void {
  const ground = color(component.backgroundColor);
  if (ground) style.backgroundColor = ground;
  const width = border(component.borderWidth);
  if (width && width !== '0px')
    style.border = `${width} solid ${color(component.borderColor) ?? '#d4d6da'}`;
  const fill = component.background;
  if (fill?.type === 'linearGradient') {
    const angle = /^\d{1,3}(?:\.\d{1,3})?deg$/.test(fill.angle ?? '') ? fill.angle : '0deg';
    const stops = [color(fill.startColor), center(fill), color(fill.endColor)].filter(Boolean);
    style.backgroundImage = `linear-gradient(${angle}, ${stops.join(', ')})`;
  }
}

function center(fill: { centerColor?: string; centerPosition?: string }): string | undefined {
  const ink = color(fill.centerColor);
  const at = space(fill.centerPosition ?? '50%');
  return ink && at ? `${ink} ${at}` : undefined;
}
