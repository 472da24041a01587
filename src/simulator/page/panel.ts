import { byId } from './element.ts';

/** Reads at most so often, however much happens. */
const restMs = 250;

/**
 * A part of the page that can be unfolded, and is from the start where there is room beside the chat. What `refresh`
 * gives back lets `read` run soon, and only while somebody sees it; a bot that is away changes nothing there.
 */
export function createPanel(id: string, read: () => Promise<void>): () => void {
  const details = byId(id, HTMLDetailsElement);
  let waiting: number | undefined;
  let reading = Promise.resolve();
  const refresh = () => {
    waiting ??= window.setTimeout(() => {
      // One after the other: what was asked first may be answered last, and would be shown for good. However long the
      // one under way takes, no more than one waits for it.
      reading = reading.then(() => {
        waiting = undefined;
        return details.open ? read().catch(() => {}) : undefined;
      });
    }, restMs);
  };
  const isBeside = matchMedia('(min-width: 860px)');
  details.addEventListener('toggle', () => {
    refresh();
    // On a phone it opens below the screen.
    if (details.open && !isBeside.matches) details.scrollIntoView();
  });
  if (isBeside.matches) details.open = true;
  return refresh;
}
