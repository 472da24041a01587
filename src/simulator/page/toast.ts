import { byId } from './element.ts';
import { Refusal } from './server.ts';

let hiding: number | undefined;

/** A short word at the foot of the screen. */
export function toast(text: string): void {
  const element = byId('toast', HTMLElement);
  element.textContent = text;
  element.classList.add('shown');
  clearTimeout(hiding);
  hiding = window.setTimeout(() => element.classList.remove('shown'), 2200);
}

/** Why something could not be done; `otherwise`: where the server does not say it. */
export function toastWhy(error: unknown, otherwise: string): void {
  toast(error instanceof Refusal ? error.message : otherwise);
}
