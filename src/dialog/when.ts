import {
  DAY_MS,
  type Day,
  HOUR_MS,
  MINUTE_MS,
  addDays,
  dayOf,
  daysBetween,
  inJapan,
  startOf,
  toDay,
} from './japan-time.ts';

/** Longer texts are stories, not dates. */
const LONGEST = 40;

const NAMED_DAYS: Readonly<Record<string, number>> = {
  おととい: -2,
  一昨日: -2,
  きのう: -1,
  昨日: -1,
  きょう: 0,
  今日: 0,
  本日: 0,
  あした: 1,
  明日: 1,
  あす: 1,
  あさって: 2,
  明後日: 2,
  しあさって: 3,
};

const DAY_PARTS: Readonly<Record<string, number>> = {
  朝: 8,
  午前中: 10,
  昼: 12,
  正午: 12,
  夕方: 17,
  夜: 20,
};

/**
 * The day a text names, read in Japan's time: 「昨日」「3日前」「11月3日」「11/3」「先週の月曜」「2026-11-03」.
 * A day without a year is the nearest one; with `past`, the last one. Undefined when it names none.
 */
export function readDay(text: string, nowMs: number, past: boolean): Day | undefined {
  const plain = tidy(text);
  if (plain === undefined) return undefined;
  return dayIn(plain, dayOf(nowMs), past ? 'past' : 'near');
}

/**
 * The moment a text names: 「明日10時」「12/3の朝」「1時間後」「30分後」「18時半」. A time alone is the next such time.
 * Undefined when it names none. The moment may lie in the past or far ahead: the caller says what that means.
 */
export function readMoment(text: string, nowMs: number): number | undefined {
  const plain = tidy(text);
  if (plain === undefined) return undefined;
  const later = /(\d{1,4})(分|時間)(半)?後/.exec(plain);
  if (later) {
    const unit = later[2] === '分' ? MINUTE_MS : HOUR_MS;
    return nowMs + Number(later[1]) * unit + (later[3] ? unit / 2 : 0);
  }
  const day = dayIn(plain, dayOf(nowMs), 'future');
  const time = timeIn(plain);
  if (day === undefined && time === undefined) return undefined;
  const start = startOf(day ?? dayOf(nowMs)) ?? 0;
  const moment = start + (time ?? 9 * HOUR_MS);
  return day === undefined && moment <= nowMs ? moment + DAY_MS : moment;
}

/** Moments offered by a button, in ms. */
export const OFFERS: Readonly<Record<string, (nowMs: number) => number>> = {
  '30m': (nowMs) => nowMs + 30 * MINUTE_MS,
  '1h': (nowMs) => nowMs + HOUR_MS,
  evening: (nowMs) => next(17, nowMs),
  morning: (nowMs) => (startOf(addDays(dayOf(nowMs), 1)) ?? 0) + 9 * HOUR_MS,
  '3d': (nowMs) => (startOf(addDays(dayOf(nowMs), 3)) ?? 0) + 10 * HOUR_MS,
  '7d': (nowMs) => (startOf(addDays(dayOf(nowMs), 7)) ?? 0) + 10 * HOUR_MS,
};

function next(hour: number, nowMs: number): number {
  const today = (startOf(dayOf(nowMs)) ?? 0) + hour * HOUR_MS;
  return today > nowMs ? today : today + DAY_MS;
}

function tidy(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  return plain.length > LONGEST ? undefined : plain;
}

type Lean = 'past' | 'near' | 'future';

function dayIn(text: string, today: Day, lean: Lean): Day | undefined {
  const full = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(text);
  if (full) return toDay(Number(full[1]), Number(full[2]), Number(full[3]));
  const ago = /(\d{1,3})(日|週間|か月|ヶ月|カ月)(前|後)/.exec(text);
  if (ago) return addDays(today, Number(ago[1]) * unitDays(ago[2]) * (ago[3] === '前' ? -1 : 1));
  const partial = /(\d{1,2})(?:月|\/)(\d{1,2})/.exec(text);
  if (partial) {
    const [month, day] = [Number(partial[1]), Number(partial[2])];
    const year = yearIn(text, today);
    return year === undefined ? nearest(month, day, today, lean) : toDay(year, month, day);
  }
  const named = Object.keys(NAMED_DAYS)
    .toSorted((a, b) => b.length - a.length)
    .find((name) => text.includes(name));
  if (named !== undefined) return addDays(today, NAMED_DAYS[named] ?? 0);
  return weekdayIn(text, today, lean);
}

function yearIn(text: string, today: Day): number | undefined {
  const named = ['再来年', '来年', '今年', '去年', '昨年'].find((name) => text.includes(name));
  const ahead: Readonly<Record<string, number>> = {
    再来年: 2,
    来年: 1,
    今年: 0,
    去年: -1,
    昨年: -1,
  };
  return named === undefined ? undefined : Number(today.slice(0, 4)) + (ahead[named] ?? 0);
}

function unitDays(unit: string | undefined): number {
  if (unit === '日') return 1;
  return unit === '週間' ? 7 : 30;
}

function nearest(month: number, day: number, today: Day, lean: Lean): Day | undefined {
  const year = Number(today.slice(0, 4));
  const days = [year - 1, year, year + 1].flatMap((each) => toDay(each, month, day) ?? []);
  const fitting = days.filter((each) => {
    const distance = daysBetween(today, each);
    if (lean === 'past') return distance <= 0;
    return lean === 'near' || distance >= 0;
  });
  const far = (each: Day) => Math.abs(daysBetween(today, each));
  return fitting.toSorted((a, b) => far(a) - far(b))[0];
}

function weekdayIn(text: string, today: Day, lean: Lean): Day | undefined {
  const match = /(先週|今週|来週)?の?([日月火水木金土])曜/.exec(text);
  if (!match) return undefined;
  const now = inJapan(startOf(today) ?? 0).weekday;
  const wanted = '日月火水木金土'.indexOf(match[2] ?? '');
  // Weeks begin on Monday, as people count them in Japan.
  const inWeek = ((wanted + 6) % 7) - ((now + 6) % 7);
  const weeks: Readonly<Record<string, number>> = { 先週: -7, 今週: 0, 来週: 7 };
  const shift = match[1] === undefined ? undefined : weeks[match[1]];
  if (shift !== undefined) return addDays(today, inWeek + shift);
  if (lean === 'future') return addDays(today, inWeek < 0 ? inWeek + 7 : inWeek);
  return addDays(today, inWeek > 0 ? inWeek - 7 : inWeek);
}

/** Ms since midnight. */
function timeIn(text: string): number | undefined {
  const clock = /(午前|午後|朝|夜|夕方)?の?(\d{1,2})(?:時(半|(\d{1,2})分?)?|:(\d{2}))/.exec(text);
  if (clock) {
    const hour = Number(clock[2]);
    const afternoon =
      (clock[1] === '午後' || clock[1] === '夜' || clock[1] === '夕方') && hour < 12;
    const minute = clock[3] === '半' ? 30 : Number(clock[4] ?? clock[5] ?? 0);
    if (hour > 24 || minute > 59) return undefined;
    return (hour + (afternoon ? 12 : 0)) * HOUR_MS + minute * MINUTE_MS;
  }
  const part = Object.keys(DAY_PARTS).find((name) => text.includes(name));
  return part === undefined ? undefined : (DAY_PARTS[part] ?? 0) * HOUR_MS;
}
