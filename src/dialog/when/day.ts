import { type Day, addDays, daysBetween, inJapan, startOf, toDay } from '../../japan-time.ts';

/** What a day without a year or a week may be: the last such day, the nearest, or the next. */
export type Lean = 'past' | 'near' | 'future';

const NAMED_DAYS: Readonly<Record<string, number>> = {
  さきおととい: -3,
  一昨々日: -3,
  おととい: -2,
  一昨日: -2,
  きのう: -1,
  昨日: -1,
  昨夜: -1,
  昨晩: -1,
  ゆうべ: -1,
  きょう: 0,
  今日: 0,
  本日: 0,
  今朝: 0,
  さっき: 0,
  先ほど: 0,
  さきほど: 0,
  たった今: 0,
  今夜: 0,
  今晩: 0,
  あした: 1,
  明日: 1,
  あす: 1,
  明朝: 1,
  明晩: 1,
  あさって: 2,
  明後日: 2,
  しあさって: 3,
};

/** In this order: 再来月 ends with 来月. */
const MONTHS_AHEAD: Readonly<Record<string, number>> = {
  先々月: -2,
  先月: -1,
  今月: 0,
  再来月: 2,
  来月: 1,
};

/** Weeks ahead that a reminder may name by themselves. */
const WEEKS_AHEAD: Readonly<Record<string, number>> = { 再来週: 14, 来週: 7 };

/** The day that a tidied text names, seen from `today`. */
export function dayIn(text: string, today: Day, lean: Lean): Day | undefined {
  const full = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(text);
  if (full) return toDay(Number(full[1]), Number(full[2]), Number(full[3]));
  const ago = agoIn(text, lean);
  if (ago !== undefined) return addDays(today, ago);
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
  const alone =
    /(\d{1,2})日(?![前後間目以した経待も半]|まえ|くらい|ぐらい|ほど|になり|になる)/.exec(text);
  if (alone) return dayOfMonth(Number(alone[1]), text, today, lean);
  const weekday = weekdayIn(text, today, lean);
  if (weekday !== undefined || lean !== 'future') return weekday;
  const week = Object.keys(WEEKS_AHEAD).find((name) => text.includes(name));
  return week === undefined ? undefined : addDays(today, WEEKS_AHEAD[week] ?? 0);
}

const COUNT = '(\\d{1,3})(日|週間|か月|ヶ月|カ月|ヵ月)';
const BEFORE_OR_AFTER = new RegExp(
  `${COUNT}(?:くらい|ぐらい|ほど|も)?(前|まえ|後|(?:し|たっ|経っ)たら)`,
);
/** 「あと3日」, to whoever asks for a reminder. */
const FROM_NOW = new RegExp(`(?:あと|もう|今から)${COUNT}`);
/** 「届いて20日です」「もう20日」「5日ほど経ちます」, of what has been. */
const SINCE = new RegExp(
  `(?:[てで]から|[てで]|もう)${COUNT}|${COUNT}(?:くらい|ぐらい|ほど|も)?(?:経|たっ|たち|たつ|になり|になる)`,
);

/** Days from today to a day that is named by how far away it is. */
function agoIn(text: string, lean: Lean): number | undefined {
  const named = BEFORE_OR_AFTER.exec(text);
  if (named) {
    const back = named[3] === '前' || named[3] === 'まえ';
    return Number(named[1]) * unitDays(named[2]) * (back ? -1 : 1);
  }
  const counted = lean === 'future' ? FROM_NOW.exec(text) : SINCE.exec(text);
  if (!counted) return undefined;
  const days = Number(counted[1] ?? counted[3]) * unitDays(counted[2] ?? counted[4]);
  return lean === 'future' ? days : -days;
}

/** 「3日」: of the month that is named, else of this one, or of the one beside it that lies on the right side of today. */
function dayOfMonth(day: number, text: string, today: Day, lean: Lean): Day | undefined {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const named = Object.keys(MONTHS_AHEAD).find((name) => text.includes(name));
  const shifts = named === undefined ? [-1, 0, 1] : [MONTHS_AHEAD[named] ?? 0];
  const months = shifts.flatMap((shift) => {
    const count = year * 12 + (month - 1) + shift;
    return toDay(Math.floor(count / 12), (count % 12) + 1, day) ?? [];
  });
  return named === undefined ? closest(months, today, lean) : months[0];
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
  // Leap days are four years apart.
  const years = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((shift) => year + shift);
  const days = years.flatMap((each) => toDay(each, month, day) ?? []);
  // 「12月1日」 in November is no day of last year, also where a day is asked for that has been.
  const soon = closest(days, today, 'future');
  const slip = soon !== undefined && daysBetween(today, soon) <= SOON_DAYS;
  return closest(days, today, lean === 'past' && slip ? 'future' : lean);
}

const SOON_DAYS = 31;

function closest(days: readonly Day[], today: Day, lean: Lean): Day | undefined {
  const fitting = days.filter((each) => {
    const distance = daysBetween(today, each);
    if (lean === 'past') return distance <= 0;
    return lean === 'near' || distance >= 0;
  });
  // Most of what people tell the day of has been.
  const far = (each: Day) => {
    const distance = daysBetween(today, each);
    return distance < 0 ? -distance : 2 * distance;
  };
  return fitting.toSorted((a, b) => far(a) - far(b))[0];
}

const WEEKDAY = /(先々週|先週|今週|再来週|来週|この前|こないだ|前)?の?([日月火水木金土])曜/;
/** A weekday of no named week. */
export const BARE_WEEKDAY = /(?:^|[^週の])[日月火水木金土]曜/;

function weekdayIn(text: string, today: Day, lean: Lean): Day | undefined {
  const match = WEEKDAY.exec(text);
  if (!match) return undefined;
  const now = inJapan(startOf(today) ?? 0).weekday;
  const wanted = '日月火水木金土'.indexOf(match[2] ?? '');
  // Weeks begin on Monday, as people count them in Japan.
  const inWeek = ((wanted + 6) % 7) - ((now + 6) % 7);
  const weeks: Readonly<Record<string, number>> = {
    先々週: -14,
    先週: -7,
    今週: 0,
    来週: 7,
    再来週: 14,
  };
  const shift = match[1] === undefined ? undefined : weeks[match[1]];
  if (shift !== undefined) return addDays(today, inWeek + shift);
  const days = [inWeek - 7, inWeek, inWeek + 7].map((ahead) => addDays(today, ahead));
  // 「この前の土曜」 is not today.
  if (match[1] !== undefined) return days.findLast((each) => each < today);
  return closest(days, today, lean);
}
