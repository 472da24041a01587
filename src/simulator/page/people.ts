import type { User } from '../wire.ts';
import { button, byId } from './element.ts';

/** The tabs of the users. */
export function showPeople(
  users: readonly User[],
  open: string | undefined,
  onOpen: (userId: string) => void,
): void {
  const strip = byId('people', HTMLElement);
  const tabs = users.map(({ userId, name }) => {
    const tab = button('', name, () => onOpen(userId));
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', String(userId === open));
    tab.setAttribute('aria-controls', 'log');
    return tab;
  });
  const focused = strip.contains(document.activeElement);
  strip.replaceChildren(...tabs);
  const chosen = tabs.find((tab) => tab.getAttribute('aria-selected') === 'true');
  if (!chosen) return;
  // Of many the open one may stand outside; in the middle, so that a neighbour shows that there is more.
  strip.scrollLeft = chosen.offsetLeft - (strip.clientWidth - chosen.offsetWidth) / 2;
  if (focused) chosen.focus();
}
