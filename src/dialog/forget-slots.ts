import { SLOT_LIFE_MS, type State } from './state.ts';

type Slot = State['slots'][string];

/**
 * The state without what was given in words and is to be forgotten: also in the questions and answers that are kept for
 * later, in which it may have been said.
 */
export function forgetSlots(state: State, isForgotten: (slot: Slot) => boolean): State {
  const gone = Object.entries(state.slots).filter(([, slot]) => isForgotten(slot));
  if (gone.length === 0) return state;
  const names = new Set(gone.map(([name]) => name));
  // The days that are left are counted from the deadline.
  if (names.has('deadline')) names.add('left');
  const said = gone.map(([, { value }]) => value);
  const without = (values: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).filter(
        ([name, text]) => !names.has(name) && !said.some((value) => holds(text, value)),
      ),
    );
  const { pending, unsent, ...rest } = state;
  const slots = Object.entries(state.slots).filter(([name]) => !names.has(name));
  return {
    ...rest,
    slots: Object.fromEntries(slots),
    // A list of all that is remembered is no longer true; a question in between asks nothing that must be answered.
    ...(pending && !pending.values ? { pending } : {}),
    ...(pending?.values && !('memory' in pending.values)
      ? { pending: { ...pending, values: without(pending.values) } }
      : {}),
    ...(unsent
      ? {
          unsent: unsent.map((reply) =>
            reply.values ? { ...reply, values: without(reply.values) } : reply,
          ),
        }
      : {}),
  };
}

/** Whether a text says the value. A short number is a part of many others: the 10 of an amount, of every October. */
function holds(text: string, value: string): boolean {
  return value.length > 3 ? text.includes(value) : text === value;
}

/** Names the timer that forgets; reminders have other ids (state.ts). */
export const FORGET_TIMER = 'forget-slots';

/** When the oldest of what was given must be gone from the store, whether or not the user comes back; if it changed. */
export function forgetTimer(
  before: State | undefined,
  after: State,
): { id: string; dueMs: number } | undefined {
  const dueMs = oldest(after) + SLOT_LIFE_MS;
  const known = before !== undefined && oldest(before) === oldest(after);
  return known || !Number.isFinite(dueMs) ? undefined : { id: FORGET_TIMER, dueMs };
}

/** Infinity when nothing was given. */
function oldest(state: State): number {
  return Math.min(...Object.values(state.slots).map(({ atMs }) => atMs));
}
