import { HOUR_MS, MINUTE_MS } from '../../japan-time.ts';

const DAY_PARTS: Readonly<Record<string, number>> = {
  朝: 8,
  午前: 10,
  昼: 12,
  正午: 12,
  午後: 14,
  夕方: 17,
  夜: 20,
  晩: 20,
};

const CLOCK =
  /(午前|午後|朝|昼|夕方|深夜|夜中|夜|晩)?の?(\d{1,2})(?:時(?!間)(半|(\d{1,2})分?)?|:(\d{2}))/;
const LATE = new Set(['夜', '晩', '深夜', '夜中']);

/** Ms since the midnight at which the day begins. `onDay`: a day was named, so that its night may reach into the next. */
export function timeIn(text: string, onDay: boolean): number | undefined {
  const clock = CLOCK.exec(text);
  if (!clock) {
    const part = Object.keys(DAY_PARTS).find((name) => text.includes(name));
    return part === undefined ? undefined : (DAY_PARTS[part] ?? 0) * HOUR_MS;
  }
  const said = Number(clock[2]);
  const minute = clock[3] === '半' ? 30 : Number(clock[4] ?? clock[5] ?? 0);
  if (said > 24 || minute > 59) return undefined;
  const hour = hourOf(said, clock[1], clock[5] !== undefined, onDay);
  return hour * HOUR_MS + minute * MINUTE_MS;
}

/** The hour on a clock of 24 hours. `exact`: written as 「3:00」. */
function hourOf(said: number, part: string | undefined, exact: boolean, onDay: boolean): number {
  if (part === undefined) return said >= 1 && said <= 5 && !exact ? said + 12 : said;
  if (part === '午前' || part === '朝') return said % 12 === 0 && part === '午前' ? 0 : said;
  if (part === '昼') return said <= 5 ? said + 12 : said;
  if (!LATE.has(part)) return said < 12 ? said + 12 : said;
  if (said === 12 || said < 5) return (said % 12) + (onDay ? 24 : 0);
  return said < 12 ? said + 12 : said;
}
