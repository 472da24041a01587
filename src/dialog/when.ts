import { figuresBefore } from './figures.ts';
import {
  DAY_MS,
  type Day,
  HOUR_MS,
  MINUTE_MS,
  addDays,
  dayOf,
  inJapan,
  startOf,
} from '../japan-time.ts';
import { timeIn } from './when/clock.ts';
import { BARE_WEEKDAY, dayIn } from './when/day.ts';

/** Longer texts are stories, not dates. */
const LONGEST = 40;

/**
 * The day a text names, read in Japan's time: 「昨日」「三日前」「11月3日」「11/3」「3日」「先週の月曜」「令和8年11月3日」.
 * A day without a year or a month is the nearest one, one to come counting twice as far; with `past`, the last one. Of
 * 「18日〜20日」 it is the last day. Undefined when it names none.
 */
export function readDay(text: string, nowMs: number, past: boolean): Day | undefined {
  const plain = tidy(text)?.replace(RANGE, '');
  if (plain === undefined) return undefined;
  return dayIn(plain, dayOf(nowMs), past ? 'past' : 'near');
}

/** All before the last day of 「18日〜20日」, 「18日から20日のあいだ」, 「11/18-11/20」. */
const RANGE = /^.*(?:\d日?(?:から|[〜~])|\d\/\d{1,2}-(?=\d+\/))(?=\d)/;

/**
 * The moment a text names: 「明日10時」「12/3の朝」「1時間後」「30分後」「18時半」. A time alone is the next such time; from
 * one to five o'clock people mean the afternoon unless they say otherwise. Undefined when it names none. The moment may
 * lie in the past or far ahead: the caller says what that means. `fromMs`: a moment to come that is to be changed; a day
 * or a time that is not named stays as it is there.
 */
export function readMoment(text: string, nowMs: number, fromMs?: number): number | undefined {
  const plain = tidy(text);
  if (plain === undefined) return undefined;
  const later =
    /(?:(\d{1,3})日と?)?(?:(\d{1,2})時間と?)?(\d{1,4})(分|時間)(半)?(?:くらい|ぐらい|ほど)?(?:後|(?:し|たっ|経っ)たら)/.exec(
      plain,
    ) ?? /^(?:あと)?(?:(\d{1,3})日と?)?(?:(\d{1,2})時間)?(\d{1,4})(分|時間)(半)?$/.exec(plain);
  if (later) {
    const [, days, hours, count, name, half] = later;
    const unit = name === '分' ? MINUTE_MS : HOUR_MS;
    const whole = Number(days ?? 0) * DAY_MS + Number(hours ?? 0) * HOUR_MS;
    return nowMs + whole + Number(count) * unit + (half ? unit / 2 : 0);
  }
  const day = dayIn(plain, dayOf(nowMs), 'future');
  const time = timeIn(plain, day !== undefined);
  if (day === undefined && time === undefined) return undefined;
  const fromDay = dayOf(fromMs ?? nowMs);
  const start = startOf(day ?? fromDay) ?? 0;
  const usual = fromMs === undefined ? 9 * HOUR_MS : fromMs - (startOf(fromDay) ?? 0);
  const moment = start + (time ?? usual);
  if (moment > nowMs) return moment;
  if (day === undefined) return moment + DAY_MS;
  return BARE_WEEKDAY.test(plain) ? moment + 7 * DAY_MS : moment;
}

/** Moments offered by a button, in ms. */
export const OFFERS = {
  '30m': (nowMs) => nowMs + 30 * MINUTE_MS,
  '1h': (nowMs) => nowMs + HOUR_MS,
  /** 「今日の夕方」: over once it is past, not tomorrow's. */
  evening: (nowMs) => at(0, 17, nowMs),
  /** 「明日の朝」: to whoever is still awake after midnight, the morning that is to come. */
  morning: (nowMs) => at(inJapan(nowMs).hour < 4 ? 0 : 1, 9, nowMs),
  '3d': (nowMs) => at(3, 10, nowMs),
  '7d': (nowMs) => at(7, 10, nowMs),
} as const satisfies Readonly<Record<string, (nowMs: number) => number>>;

/** That hour, so many days from today. */
function at(days: number, hour: number, nowMs: number): number {
  return (startOf(addDays(dayOf(nowMs), days)) ?? 0) + hour * HOUR_MS;
}

const inDigits = figuresBefore('日|月|年|週|時|分|か月|ヶ月|カ月|ヵ月');
const ERA = /令和(元|\d{1,2})年/g;

/**
 * Whether a text that resembles a button names another moment than that: 「明日の朝10時」 is not 「明日の朝」, 「11時間後」 not
 * 「1時間後」.
 */
export function namesOtherMoment(text: string, label: string, nowMs: number): boolean {
  if (tellsNews(text)) return false;
  const known = figuresIn(label);
  return (
    readMoment(text, nowMs) !== undefined && figuresIn(text).some((each) => !known.includes(each))
  );
}

/** 「さっき11時に届きました」 says when something happened, and wants nothing then; 「明日また」 and 「10時がいいんだけど」 do. */
export function tellsNews(text: string): boolean {
  return PAST.test(text.replace(/ありがと.{0,12}$/, ''));
}

const PAST =
  /(?:[\p{Script=Han}いきしちっえけせてねべめれげり]た|(?<![いなるのた])んだ)(?<!あした)(?:よ|ね|わ|の|ので|けど|が|です|んです|から)?[。、！!\s]*$/u;

function figuresIn(text: string): string[] {
  return tidy(text)?.match(/\d+|朝|昼|夕方|夜|晩|半|分|時間|週|日/g) ?? [];
}

const IN_JAPANESE: ReadonlyMap<string, string> = new Map([
  ['yesterday', '昨日'],
  ['today', '今日'],
  ['tomorrow', '明日'],
]);

function tidy(text: string): string | undefined {
  if (text.length > 4 * LONGEST) return undefined;
  const close = text
    .normalize('NFKC')
    // 「20にち」「11がつ3にち」, and 「yesterday」, which is told in no other letters.
    .replace(/(?<=\d\s*)にち/g, '日')
    .replace(/(?<=\d\s*)がつ/g, '月')
    .replace(
      /\b(?:yesterday|today|tomorrow)\b/gi,
      (day) => IN_JAPANESE.get(day.toLowerCase()) ?? day,
    )
    .replace(/半時間/g, '30分')
    // 「12/3 10:00」 is no 31st.
    .replace(/(?<=\d)\s+(?=\d)/g, 'の')
    .replace(/\s+/g, '');
  const plain = inDigits(close).replace(
    ERA,
    (_all, year: string) => `${2018 + (year === '元' ? 1 : Number(year))}年`,
  );
  return plain.length > LONGEST ? undefined : plain;
}
