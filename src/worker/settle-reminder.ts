import type { Content } from '../dialog/content.ts';
import { type Promised, held, postponed, released } from '../dialog/promise.ts';
import type { State } from '../dialog/state.ts';
import type { Turn } from '../dialog/turn.ts';
import type { Delivery } from '../line/letter.ts';
import type { Metrics } from '../metrics.ts';
import type { Job } from '../store/store.ts';

/** LINE remembers a retry key for 24 h; after that, the same push would be a second one. */
const KEY_LIFE_MS = 23 * 60 * 60 * 1000;

/** Between two tries of one reminder, in ms. */
const SHORTEST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 15 * 60 * 1000;

const LATE_MS = 60_000;

export type SettleOptions = {
  clock: () => number;
  metrics: Metrics;
  /** 0 to 1, for jitter. */
  random?: () => number;
};

/** What is committed for a reminder, by what became of its push. Nothing of it ever goes back to the mailbox. */
export function createSettle({ clock, metrics, random = Math.random }: SettleOptions) {
  const count = (outcome: string) => metrics.reminders.inc({ outcome });

  return {
    /** True: it may have been sent so long ago that LINE no longer knows; only a reply can say it now. */
    tooOld({ event, attempt }: Job, { triedMs }: Promised): boolean {
      const sinceMs = triedMs ?? (attempt > 1 ? event.receivedMs : undefined);
      return sinceMs !== undefined && clock() - sinceMs > KEY_LIFE_MS;
    },

    settle(
      job: Job,
      promised: Promised,
      { content, state, turn }: { content: Content; state: State; turn: Turn },
      delivery: Delivery,
    ): Turn {
      const nowMs = clock();
      const lateMs = Math.max(0, nowMs - promised.dueMs);
      switch (delivery) {
        case 'sent':
          count('sent');
          if (lateMs > LATE_MS) count('late');
          metrics.reminderLateness.observe(lateMs / 1000);
          return turn;
        case 'nothing':
          return turn;
        case 'held':
        case 'kept':
          count('held');
          return held(content, state, promised, nowMs);
        case 'gone':
          count('gone');
          return released(state);
        default: {
          count('postponed');
          // The longer LINE has been away, the longer the wait; jittered, so that not all come back at once.
          const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, lateMs / 2));
          const untilMs = nowMs + delivery.retryInMs + Math.round(waitMs * (0.5 + random() / 2));
          return postponed(state, promised, job.event, untilMs);
        }
      }
    },
  };
}
