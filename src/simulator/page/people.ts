import { button, byId } from './element.ts';
import type { User } from './server.ts';

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
  strip.replaceChildren(...tabs, button('', '＋', on.add, 'ユーザーを増やす'));
}
