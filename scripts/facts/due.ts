import type { Fact, Facts } from '../../src/safety/facts.ts';
import { isLive, reviewDueMs } from '../../src/safety/review.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export type DueFact = {
  id: string;
  fact: Fact;
  /** Whole days until it counts as old; negative or 0: it does already. */
  daysLeft: number;
};

/** Facts that users see and that want a look within `withinDays`, the most urgent first. */
export function dueFacts(facts: Facts, nowMs: number, withinDays: number): DueFact[] {
  return Object.entries(facts)
    .filter(([, fact]) => isLive(fact))
    .map(([id, fact]) => ({
      id,
      fact,
      daysLeft: Math.ceil((reviewDueMs(fact) - nowMs) / DAY_MS),
    }))
    .filter(({ daysLeft }) => daysLeft <= withinDays)
    .toSorted((a, b) => a.daysLeft - b.daysLeft || a.id.localeCompare(b.id));
}
