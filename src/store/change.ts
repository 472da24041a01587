import { longestRetryMs } from './limits.ts';
import { markOf, reminderEventId } from './owner-key.ts';
import type { Change, Timer } from './store.ts';

/** The arguments of lua/commit.lua from the sixth on; none when there is nothing but the state to change. */
export function moreToDo(owner: string, change: Change): (string | number)[] {
  const { schedule = [], unschedule = [], forgetMessage } = change;
  if (schedule.length === 0 && unschedule.length === 0 && forgetMessage === undefined) return [];
  const needle = forgetMessage === undefined ? '' : messageNeedle(forgetMessage);
  const timers = timersOf(change).flatMap(({ id, dueMs }) => [
    id,
    dueMs,
    markOf(reminderEventId(id, dueMs)),
  ]);
  return [needle, owner, schedule.length, ...timers, ...unschedule];
}

/** What only events about this message contain: in a text its quotes would be escaped. */
export function messageNeedle(messageId: string): string {
  return `"messageId":${JSON.stringify(messageId)}`;
}

/** The timers to set. @throws RangeError for one that no engine could keep. */
export function timersOf({ schedule = [] }: Change): Timer[] {
  return schedule.map(({ id, dueMs }) => {
    if (id === '') throw new RangeError('A timer must have an id.');
    return { id, dueMs: positive(dueMs, 'dueMs') };
  });
}

/** How long a failed event waits, in whole ms. */
export function retryWait({ retryInMs }: { retryInMs: number }): number {
  return Math.min(longestRetryMs, Math.max(0, Math.round(retryInMs)));
}

/** A whole number of ms, at least 1. Whatever is not a number stops here, before anything is written. */
export function positive(ms: number, what: string): number {
  if (!Number.isFinite(ms)) throw new RangeError(`${what} must be a number of ms, not ${ms}.`);
  return Math.max(1, Math.round(ms));
}
