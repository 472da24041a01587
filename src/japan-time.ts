/** Japan is nine hours ahead of UTC all year round; it has no summer time. */
const AHEAD_MS = 9 * 60 * 60 * 1000;

export const MINUTE_MS = 60 * 1000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** A moment as a calendar and a clock in Japan show it. `weekday`: 0 is Sunday. */
export type JapanTime = {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
};

export function inJapan(ms: number): JapanTime {
  const date = new Date(ms + AHEAD_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** A day as `YYYY-MM-DD`, in Japan. */
export type Day = string;

export function dayOf(ms: number): Day {
  return new Date(ms + AHEAD_MS).toISOString().slice(0, 10);
}

/** Midnight at which the day begins in Japan, in ms; undefined for a day that no calendar has. */
export function startOf(day: Day): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) - AHEAD_MS;
  return dayOf(ms) === day ? ms : undefined;
}

/** The day of that year, month and day of the month; undefined when there is none (2月30日). */
export function toDay(year: number, month: number, day: number): Day | undefined {
  const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return startOf(name) === undefined ? undefined : name;
}

export function addDays(day: Day, days: number): Day {
  return dayOf((startOf(day) ?? 0) + days * DAY_MS);
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round(((startOf(to) ?? 0) - (startOf(from) ?? 0)) / DAY_MS);
}

/** 「12月3日（木）」; with the year when it is not the present one. */
export function dayInWords(day: Day, nowMs: number): string {
  const { year, month, day: date, weekday } = inJapan(startOf(day) ?? 0);
  const ahead = year === inJapan(nowMs).year ? '' : `${year}年`;
  return `${ahead}${month}月${date}日（${WEEKDAYS[weekday]}）`;
}

/** 「12月3日（木）10:00」. */
export function momentInWords(ms: number, nowMs: number): string {
  const { hour, minute } = inJapan(ms);
  return `${dayInWords(dayOf(ms), nowMs)}${hour}:${String(minute).padStart(2, '0')}`;
}

/** Hours in which nobody is to be disturbed, such as 22 to 8. */
export type QuietHours = { from: number; to: number };

export function isQuiet(ms: number, { from, to }: QuietHours): boolean {
  const { hour } = inJapan(ms);
  return from <= to ? from <= hour && hour < to : hour >= from || hour < to;
}

/** The first moment at or after `ms` that is not quiet. */
export function afterQuiet(ms: number, quiet: QuietHours): number {
  if (!isQuiet(ms, quiet)) return ms;
  const morning = (startOf(dayOf(ms)) ?? 0) + quiet.to * HOUR_MS;
  return morning > ms ? morning : morning + DAY_MS;
}
