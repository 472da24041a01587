import { DAY_MS, startOf } from '../japan-time.ts';
import type { Fact } from './facts.ts';

/** Whether users may see the value. Retired values never leave the bot, whatever `show` says. */
export function isLive(fact: Fact): boolean {
  return fact.show && fact.class !== 'retired';
}

/** Whether a number may be dialled by a button: only numbers that Amazon or a public body itself names. */
export function mayDial(fact: Fact): boolean {
  return isLive(fact) && (fact.class === 'official' || fact.class === 'public');
}

/** When a fact wants to be checked again: midnight in Japan after its last good day, in ms; never for a day that is none. */
export function reviewDueMs(fact: Fact): number {
  const checkedMs = startOf(fact.checked_on) ?? Infinity;
  return checkedMs + (fact.review_after_days + 1) * DAY_MS;
}

export function isDue(fact: Fact, nowMs: number): boolean {
  return nowMs >= reviewDueMs(fact);
}
