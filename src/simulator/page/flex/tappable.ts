import { h } from '../element.ts';
import type { Action, Draw } from './types.ts';

/**
 * An element that carries out `action` when it is tapped, or a plain `div` without one. A web address becomes a real
 * link in a new tab; everything else reports to the page. Inner actions win over those of the boxes around them.
 */
export function tappable(action: Action | undefined, draw: Draw, tag?: 'button'): HTMLElement {
  if (!action) return h('div', '');
  const element = action.type === 'uri' && isWeb(action.uri) ? link(action, draw) : knob(tag);
  element.classList.add('fx-tap');
  if (action.label && !tag) element.setAttribute('aria-label', action.label);
  element.addEventListener('click', (event) => {
    event.stopPropagation();
    draw.onAction(action);
  });
  return element;
}

/** Whether a browser can follow the address: everything but `tel:` and `line:`. */
export function isWeb(uri: string | undefined): boolean {
  return /^https?:\/\//i.test(uri ?? '');
}

function link(action: Extract<Action, { type: 'uri' }>, draw: Draw): HTMLElement {
  const anchor = h('a', '');
  const desktop = action.altUri?.desktop;
  anchor.href = action.uri ?? '';
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
  if (isWeb(desktop)) {
    anchor.addEventListener('click', () => {
      anchor.href = (draw.isPc() ? desktop : action.uri) ?? '';
    });
  }
  return anchor;
}

function knob(tag: 'button' | undefined): HTMLElement {
  if (tag) {
    const button = h('button', '');
    button.type = 'button';
    return button;
  }
  // A box may hold further buttons, and a <button> must not: so a div that acts as one.
  const box = h('div', '');
  box.tabIndex = 0;
  box.setAttribute('role', 'button');
  box.addEventListener('keydown', (event) => {
    if (event.target !== box || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    box.click();
  });
  return box;
}
