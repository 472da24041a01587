import { h } from '../element.ts';
import type { Draw, Span, Text } from './types.ts';
import { color, fontSize, space } from './size.ts';
import { tappable } from './tappable.ts';

const justify: Record<string, string> = { top: 'flex-start', center: 'center', bottom: 'flex-end' };

/** A text: one line with an ellipsis unless `wrap` is on, as in LINE. */
export function text(component: Text, draw: Draw): HTMLElement {
  const element = tappable(component.action, draw);
  element.classList.add('fx-text');
  element.style.justifyContent = justify[component.gravity ?? 'top'] ?? 'flex-start';
  const spans = component.contents ?? [];
  const line =
    spans.length > 0
      ? h('p', '', ...spans.map((part) => span(part, component.scaling, component.size)))
      : h('p', '', component.text ?? '');
  line.style.fontSize = fontSize(component.size, component.scaling);
  line.style.textAlign = component.align ?? 'start';
  decorate(line, component);
  if (component.wrap) {
    line.classList.add('fx-wrap');
    if (component.maxLines) {
      line.classList.add('fx-clamp');
      line.style.setProperty('-webkit-line-clamp', String(component.maxLines));
    }
    const extra = space(component.lineSpacing);
    if (extra) line.style.lineHeight = `calc(1.4em + ${extra})`;
  }
  if (component.adjustMode === 'shrink-to-fit') line.dataset['shrink'] = '';
  element.append(line);
  return element;
}

function span(part: Span, scaling: boolean | undefined, size: string | undefined): HTMLElement {
  const element = h('span', '', part.text ?? '');
  if (part.size ?? size) element.style.fontSize = fontSize(part.size ?? size, scaling);
  decorate(element, part);
  return element;
}

function decorate(element: HTMLElement, look: Text | Span): void {
  if (look.weight) element.style.fontWeight = look.weight === 'bold' ? '700' : '400';
  if (look.style) element.style.fontStyle = look.style === 'italic' ? 'italic' : 'normal';
  if (look.decoration) element.style.textDecoration = look.decoration;
  const paint = color(look.color);
  if (paint) element.style.color = paint;
}
