import { type Content, titleOf } from './content.ts';
import type { Event } from './event.ts';
import { momentInWords } from '../japan-time.ts';
import { outcomeChoices } from './outcome-choices.ts';
import type { Reply } from './reply.ts';
import type { Reminder, State } from './state.ts';
import { SYSTEM, type SystemNode, systemReply } from './system.ts';
import type { Turn } from './turn.ts';

/*
 * A reminder is a promise: it is sent once. What becomes of it when LINE does not take it now is decided here, and the
 * worker commits it. Nothing of it waits in the mailbox, where it would keep the user's own messages waiting.
 */

const HELD: SystemNode = 'reminder-held';

/** What is owed to a user whose reminder is due. */
export type Promised = {
  reminder: Reminder;
  /** Names the retry key: the same for every try of this promise, whenever it is made. */
  key: string;
  /** When it was promised for. */
  dueMs: number;
  /** Since when it may have been sent already: from an earlier try. */
  triedMs?: number;
};

/** The promise that a `reminder` event is about. Undefined when it was withdrawn or moved meanwhile. */
export function promisedBy(state: State | undefined, { owner, body }: Event): Promised | undefined {
  if (body.kind !== 'reminder') return undefined;
  const reminder = state?.reminders?.find(({ id }) => id === body.reminderId);
  if (reminder?.dueMs !== body.dueMs) return undefined;
  const dueMs = reminder.tried?.dueMs ?? reminder.dueMs;
  return {
    reminder,
    key: `reminder:${owner}:${reminder.id}:${dueMs}`,
    dueMs,
    ...(reminder.tried ? { triedMs: reminder.tried.atMs } : {}),
  };
}

/** The reminder at a later moment, as the same promise: under the same retry key. `event` is the one that was due. */
function putOff(reminder: Reminder, event: Pick<Event, 'receivedMs'>, dueMs: number): Reminder {
  const tried = reminder.tried ?? { dueMs: reminder.dueMs, atMs: event.receivedMs };
  return { ...reminder, dueMs, tried };
}

/** LINE cannot take it now: everything stays as it was, and it is due again at `untilMs`. */
export function postponed(
  state: State,
  { reminder }: Promised,
  event: Event,
  untilMs: number,
): Turn {
  const later = putOff(reminder, event, untilMs);
  return {
    state: withReminder(state, later),
    replies: [],
    schedule: [{ id: later.id, dueMs: later.dueMs }],
  };
}

/** LINE takes no pushes: it opens the user's next reply, which is free, and says that it is late. */
export function held(content: Content, state: State, promised: Promised, nowMs: number): Turn {
  const { topic, matter, id } = promised.reminder;
  const when = momentInWords(promised.dueMs, nowMs);
  const reply: Reply = {
    ...systemReply(HELD, { values: { topic: titleOf(content, topic), when } }),
    answers: { topic },
    choices: outcomeChoices(content, { topic, matter }),
  };
  return {
    state: putBy(withoutReminders(state, [id]), [...(state.unsent ?? []), reply]),
    replies: [],
  };
}

/** Nobody is there any more: nothing is promised to them. */
export function released(state: State): Turn {
  const ids = (state.reminders ?? []).map(({ id }) => id);
  return { state: withoutReminders(state, ids), replies: [], unschedule: ids };
}

/** The state with what could not be said: it opens the user's next reply. The newest ten are kept. */
export function putBy(state: State, unsaid: readonly Reply[]): State {
  const unsent = unsaid
    .filter(({ dialog, node }) => dialog !== SYSTEM || node !== 'late')
    // What somebody pasted, and the list of all that is known of him: said at once, or not at all.
    .filter(({ values = {} }) => !('item' in values) && !('memory' in values))
    .map(({ ways: _ways, ...reply }) => reply);
  return { ...state, unsent: unsent.slice(-10) };
}

/** Whether it explains by itself why it comes only now. */
export function saysWhy({ dialog, node }: Reply): boolean {
  return dialog === SYSTEM && node === HELD;
}

export function withReminder(state: State, reminder: Reminder): State {
  const others = state.reminders?.filter(({ id }) => id !== reminder.id) ?? [];
  return { ...state, reminders: [...others, reminder] };
}

export function withoutReminders(state: State, ids: readonly string[]): State {
  const { reminders = [], ...rest } = state;
  const left = reminders.filter(({ id }) => !ids.includes(id));
  return left.length > 0 ? { ...rest, reminders: left } : rest;
}
