import type { Fact } from './facts.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const JAPAN_AHEAD_MS = 9 * 60 * 60 * 1000;

/** Whether users may see the value. Retired values never leave the bot, whatever `show` says. */
export function isLive(fact: Fact): boolean {
  return fact.show && fact.class !== 'retired';
}

/** Whether a number may be dialled by a button: only numbers that Amazon or a public body itself names. */
export function mayDial(fact: Fact): boolean {
  return isLive(fact) && (fact.class === 'official' || fact.class === 'public');
}

/** When a fact wants to be checked again: midnight in Japan after its last good day, in ms. */
export function reviewDueMs(fact: Fact): number {
  const [year = 0, month = 1, day = 1] = fact.checked_on.split('-').map(Number);
  return (daysSince1970(year, month, day) + fact.review_after_days + 1) * DAY_MS - JAPAN_AHEAD_MS;
}

export function isDue(fact: Fact, nowMs: number): boolean {
  return nowMs >= reviewDueMs(fact);
}

/** Days from 1970-01-01 in the Gregorian calendar; a pure room has no Date. Years begin in March, so that leap days come last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
