import { h } from './element.ts';
import { toast } from './toast.ts';

/** Copies a text; browsers without the clipboard (no https, no permission) get the old way. */
export async function copy(text: string): Promise<void> {
  const done = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  toast(done || copyBySelection(text) ? 'コピーしました' : 'コピーできませんでした');
}

function copyBySelection(text: string): boolean {
  const area = h('textarea', '');
  area.value = text;
  area.setAttribute('readonly', '');
  // A dialog makes the rest of the page inert, and what is inert cannot be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
