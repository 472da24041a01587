import type { Event } from '../dialog/event.ts';
import type { Sendable } from '../message/written.ts';
import type { Metrics } from '../metrics.ts';
import type { Refusal } from './outcome.ts';

/** What became of it. The worker commits all but the last, which it hands to `store.fail`. */
export type Delivery =
  | 'sent'
  /** There was nothing to say, LINE refused even the plain text, or another worker has taken the event over. */
  | 'nothing'
  /** Not said: to open the user's next reply. */
  | 'kept'
  /** Nobody there any more: unknown to LINE. */
  | 'gone'
  /** A reminder that could not be pushed now: to be shown with the next free reply. */
  | 'held'
  | { retryInMs: number; reason: string };

export type Letter = {
  event: Event;
  /** From the store: 1 when the event is handed out for the first time. */
  attempt: number;
  /** Names the retry key of a push where the event's id does not. */
  key?: string;
  /** Whether a push under this key may have gone through already, in an earlier event. */
  maybePushed?: boolean;
  /**
   * Whether the event is still this worker's, and stays so for a while: asked before an answer is pushed. Absent: nobody
   * else has it. LINE would take the push of a worker that was stopped for longer than its lease beside the reply of the
   * one that took over.
   */
  stillOurs?: () => Promise<boolean>;
  /** At most 5. */
  messages: Sendable;
  /** The same as text messages, for when LINE refuses the cards. */
  plain: () => Sendable;
};

/** What is said in the place of refused messages: their plain form, unless that was refused too. */
export function plainInstead(
  letter: Letter,
  refused: Sendable,
  metrics: Metrics,
): Sendable | undefined {
  const plain = refused === letter.messages ? letter.plain() : [];
  metrics.plainFallbacks.inc({ reason: plain.length > 0 ? 'refused' : 'dropped' });
  return plain.length > 0 ? plain : undefined;
}

/** Only these say that the messages are at fault; a 404 or 405 means that the address is. */
export function isAboutContent(refusal: Refusal & { kind: 'rejected' }): boolean {
  return refusal.status === 400 || refusal.status === 413;
}

/** Fit for the dead letters: LINE's words are left out. */
export function reasonOf(refusal: Refusal): string {
  if (refusal.kind === 'unavailable') return `LINE unavailable (${refusal.cause})`;
  if (refusal.kind === 'rejected') return `LINE rejected the call (http ${refusal.status})`;
  return `LINE: ${refusal.kind}`;
}
