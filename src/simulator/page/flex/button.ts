import { h } from '../element.ts';
import type { Button, Draw } from './types.ts';
import { color } from './size.ts';
import { tappable } from './tappable.ts';

const align: Record<string, string> = { top: 'flex-start', center: 'center', bottom: 'flex-end' };

/** A button: 52 px high (`sm`: 40 px), its label on one line. `color` paints a link's text and the others' ground. */
export function button(component: Button, draw: Draw): HTMLElement {
  const frame = h('div', 'fx-button');
  frame.style.alignItems = align[component.gravity ?? 'top'] ?? 'flex-start';
  const look = component.style ?? 'link';
  const knob = tappable(component.action, draw, 'button');
  knob.classList.add(`fx-button-${look}`);
  if (component.height === 'sm') knob.classList.add('fx-button-sm');
  const paint = color(component.color);
  if (paint) knob.style.setProperty(look === 'link' ? 'color' : 'background-color', paint);
  const label = h('span', 'fx-label', component.action.label ?? '');
  if (component.scaling) label.style.fontSize = 'calc(16px * var(--font-scale, 1))';
  if (component.adjustMode === 'shrink-to-fit') label.dataset['shrink'] = '';
  knob.append(label);
  frame.append(knob);
  return frame;
}
