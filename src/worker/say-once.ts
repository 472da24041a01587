import type { Event } from '../dialog/event.ts';
import type { Delivery, Letter } from '../line/letter.ts';
import { createRecent } from '../line/recent.ts';
import { digestOf } from '../store/owner-key.ts';

/** Of commits that never came: another process has dealt with the event. */
const MOST = 1000;

/**
 * Delivers, and remembers what was said until it is committed. While its token lives, LINE tells whether an answer was
 * said before; afterwards only this process knows, should the store hand the event out again.
 */
export function createSayOnce(deliver: (letter: Letter) => Promise<Delivery>) {
  const said = createRecent(MOST);
  return {
    async say(letter: Letter): Promise<Delivery> {
      const name = nameOf(letter.event);
      if (said.has(name)) return 'sent';
      const delivery = await deliver(letter);
      if (delivery === 'sent') said.add(name);
      return delivery;
    },
    committed: (event: Event): void => said.remove(nameOf(event)),
  };
}

/** Two users' reminders may bear the same id. By a digest, since a user may be forgotten sooner than this. */
function nameOf({ id, owner, body }: Event): string {
  return body.kind === 'reminder' ? digestOf(`${owner} ${id}`) : id;
}
