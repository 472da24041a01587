import { byId } from './element.ts';

let hiding: number | undefined;

/** A short word at the foot of the screen. */
export function toast(text: string): void {
  const element = byId('toast', HTMLElement);
  element.textContent = text;
  element.classList.add('shown');
  clearTimeout(hiding);
  hiding = window.setTimeout(() => element.classList.remove('shown'), 2200);
}
