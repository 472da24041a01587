import type { User } from '../wire.ts';
import { button, byId } from './element.ts';

/** The tabs of the users, and ＋ for one more. */
export function showPeople(
  users: readonly User[],
  open: string | undefined,
  on: { open(userId: string): void; add(): void },
): void {
  const strip = byId('people', HTMLElement);
  const tabs = users.map(({ userId, name }) => {
    const tab = button('', name, () => on.open(userId));
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', String(userId === open));
    tab.setAttribute('aria-controls', 'log');
    return tab;
  });
  const focused = strip.contains(document.activeElement);
  strip.replaceChildren(...tabs, button('', '＋', on.add, 'ユーザーを増やす'));
  const chosen = tabs.find((tab) => tab.getAttribute('aria-selected') === 'true');
  if (!chosen) return;
  // Of many the open one may stand outside; in the middle, so that ＋ or a neighbour shows that there is more.
  strip.scrollLeft = chosen.offsetLeft - (strip.clientWidth - chosen.offsetWidth) / 2;
  if (focused) chosen.focus();
}
