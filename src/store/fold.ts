import type { Event, EventBody } from '../dialog/event.ts';
import { mostWaiting } from './limits.ts';

/**
 * How many of a kind wait behind a full mailbox. Of somebody who takes back more than this while that much waits, the
 * words taken back first are kept as long as any others.
 */
const most: Partial<Record<EventBody['kind'], number>> = {
  burst: 1,
  group: 1,
  follow: 1,
  unfollow: 1,
  unsend: mostWaiting,
};

/**
 * What is kept of an event for which the mailbox has no room, and which of those behind the first twenty (`behind`,
 * oldest first) gives way to it, by its index. Words, taps and pictures become one `burst`, which is answered with the
 * newest reply token; in a group, where nothing is answered, one event stands for all. Of what changes what is kept of
 * a user the newest counts. So a mailbox is bounded, whatever comes in whatever order. lua/fold.lua does the same.
 */
export function fold(
  behind: readonly Event[],
  event: Event,
): { event: Event; instead: number | undefined } {
  const body = folded(event.body);
  const alike = behind.flatMap((each, index) => (each.body.kind === body.kind ? [index] : []));
  const instead = alike.length < (most[body.kind] ?? Infinity) ? undefined : alike[0];
  const before = instead === undefined ? undefined : behind[instead]?.body;
  if (body.kind === 'burst' && before?.kind === 'burst') body.count += before.count;
  if (body.kind === 'group' && before?.kind === 'group') body.addressed ||= before.addressed;
  return { event: { ...event, body }, instead };
}

function folded(body: EventBody): EventBody {
  const { kind } = body;
  const words = kind === 'text' || kind === 'media' || kind === 'postback';
  return words ? { kind: 'burst', count: 1 } : { ...body };
}
