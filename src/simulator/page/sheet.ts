import { button, h } from './element.ts';

/** A sheet that comes up from the foot of the screen. It goes with Escape, with 「閉じる」, or when a choice closes it. */
export function sheet(
  title: string,
  fill: (close: () => void) => Node[],
  closing = '閉じる',
): void {
  const dialog = h('dialog', 'sheet');
  const close = () => dialog.close();
  const heading = h('h2', '', title);
  heading.id = 'sheet-title';
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append(heading, h('div', 'choices', ...fill(close), button('quiet', closing, close)));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
