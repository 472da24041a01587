import { describe, expect, test } from 'vitest';
import { momentInWords } from '../../src/dialog/japan-time.ts';
import { OFFERS, readDay, readMoment } from '../../src/dialog/when.ts';
import { askedForDay } from './chat.ts';

const at = (time: string): number => Date.parse(`${time}:00+09:00`);
/** A Saturday. */
const SATURDAY = at('2026-11-21T10:00');

describe('the day a text names', () => {
  test.each([
    ['今日', '2026-11-21'],
    ['きょうです', '2026-11-21'],
    ['今朝', '2026-11-21'],
    ['昨日の夜', '2026-11-20'],
    ['ゆうべ', '2026-11-20'],
    ['おととい', '2026-11-19'],
    ['一昨日', '2026-11-19'],
    ['3日前', '2026-11-18'],
    ['3日くらい前です', '2026-11-18'],
    ['三日ほど前', '2026-11-18'],
    ['10日も前', '2026-11-11'],
    ['三日前です', '2026-11-18'],
    ['十日前', '2026-11-11'],
    ['2週間前', '2026-11-07'],
    ['一か月前', '2026-10-22'],
    ['１１月３日', '2026-11-03'],
    ['11/3', '2026-11-03'],
    ['十一月三日', '2026-11-03'],
    ['十一月二十日', '2026-11-20'],
    ['11月 3日 の夕方', '2026-11-03'],
    ['2026-11-03', '2026-11-03'],
    ['2026年11月3日', '2026-11-03'],
    ['令和8年11月3日', '2026-11-03'],
    ['令和元年5月1日', '2019-05-01'],
    ['3日', '2026-11-03'],
    ['20日に届いた', '2026-11-20'],
    ['25日', '2026-10-25'],
    ['先週の月曜', '2026-11-09'],
    ['月曜日', '2026-11-16'],
    ['土曜', '2026-11-21'],
    ['去年の12月30日', '2025-12-30'],
    ['12月30日', '2025-12-30'],
    ['11/3 10時ごろ', '2026-11-03'],
    ['2026/11/3 10:00', '2026-11-03'],
    ['先月の1日', '2026-10-01'],
    ['今月1日', '2026-11-01'],
    ['先々月の30日', '2026-09-30'],
  ])('in the past, %s is %s', (text, day) => {
    expect(readDay(text, SATURDAY, true)).toBe(day);
  });

  test.each([
    ['12月5日', '2026-12-05'],
    ['1月3日', '2027-01-03'],
    ['来年の1月3日', '2027-01-03'],
    ['再来年の1月1日', '2028-01-01'],
    ['来週の月曜', '2026-11-23'],
    ['2日後', '2026-11-23'],
    ['来月5日', '2026-12-05'],
    ['再来月5日', '2027-01-05'],
    ['月曜日', '2026-11-23'],
    ['木曜', '2026-11-19'],
  ])('otherwise, %s is %s', (text, day) => {
    expect(readDay(text, SATURDAY, false)).toBe(day);
  });

  test.each([
    ['a day that no calendar has', '2月30日'],
    ['a thirteenth month', '13月1日'],
    ['the 29th of February of a common year', '2027年2月29日'],
    ['nothing at all', ''],
    ['words', 'わからない'],
    ['an order number', '250-1234567-1234567'],
    ['a long story', `昨日届くはずの荷物が${'とても'.repeat(20)}遅れています`],
    ['five thousand characters', '昨日'.repeat(2500)],
  ])('%s is no day', (_what, text) => {
    expect(readDay(text, SATURDAY, true)).toBeUndefined();
  });

  test('a leap day is the last one there was, or the next there will be', () => {
    expect(readDay('2月29日', SATURDAY, true)).toBe('2024-02-29');
    expect(readDay('2月29日', at('2028-02-29T10:00'), true)).toBe('2028-02-29');
  });

  test('around new year, a day without a year is the nearest on the right side', () => {
    expect(readDay('12月31日', at('2027-01-01T00:05'), true)).toBe('2026-12-31');
    expect(readDay('昨日', at('2027-01-01T00:05'), true)).toBe('2026-12-31');
    expect(readDay('1月2日', at('2026-12-31T23:50'), false)).toBe('2027-01-02');
    expect(readDay('31日', at('2027-01-01T09:00'), true)).toBe('2026-12-31');
  });

  test('the 31st, seen from a month that has none, is that of the month before', () => {
    expect(readDay('31日', at('2026-11-05T09:00'), true)).toBe('2026-10-31');
  });
});

test.each(['一昨日', '一昨日届いた', 'おととい'])(
  '「%s」, typed where yesterday can be tapped, is the day before',
  (text) => {
    const chat = askedForDay();
    chat.say(text);
    expect(Object.values(chat.state()?.slots ?? {})[0]?.value).toBe('2026-11-19');
  },
);

describe('the moment a text names', () => {
  test.each([
    ['30分後', '11月21日（土）10:30'],
    ['30分', '11月21日（土）10:30'],
    ['一時間後', '11月21日（土）11:00'],
    ['1時間半後', '11月21日（土）11:30'],
    ['1時間30分後', '11月21日（土）11:30'],
    ['2時間15分したら', '11月21日（土）12:15'],
    ['2時間くらいしたら', '11月21日（土）12:00'],
    ['あと3日', '11月24日（火）9:00'],
    ['もう一日待ってみます', '11月22日（日）9:00'],
    ['3日くらいしたら', '11月24日（火）9:00'],
    ['明日10時', '11月22日（日）10:00'],
    ['あした十時半', '11月22日（日）10:30'],
    ['明日', '11月22日（日）9:00'],
    ['明日の朝', '11月22日（日）8:00'],
    ['明朝', '11月22日（日）8:00'],
    ['明日の午後', '11月22日（日）14:00'],
    ['明後日の昼', '11月23日（月）12:00'],
    ['12/3の朝', '12月3日（木）8:00'],
    ['12月3日の18時半', '12月3日（木）18:30'],
    ['3日の10時', '12月3日（木）10:00'],
    ['来週', '11月28日（土）9:00'],
    ['来週の火曜15:30', '11月24日（火）15:30'],
    ['月曜の朝', '11月23日（月）8:00'],
    ['土曜の9時', '11月28日（土）9:00'],
    ['午後3時', '11月21日（土）15:00'],
    ['3時', '11月21日（土）15:00'],
    ['18時', '11月21日（土）18:00'],
    ['9時', '11月22日（日）9:00'],
    ['朝5時', '11月22日（日）5:00'],
    ['昼の12時', '11月21日（土）12:00'],
    ['夕方', '11月21日（土）17:00'],
    ['今夜', '11月21日（土）20:00'],
    ['今夜9時', '11月21日（土）21:00'],
    ['夜12時', '11月22日（日）0:00'],
    ['今夜12時', '11月22日（日）0:00'],
    ['深夜1時', '11月22日（日）1:00'],
    ['午前0時', '11月22日（日）0:00'],
    ['24時', '11月22日（日）0:00'],
    ['来年の1月4日10時', '2027年1月4日（月）10:00'],
    ['12/3 10:00', '12月3日（木）10:00'],
    ['12/1 15時', '12月1日（火）15:00'],
    ['2026/12/3 10:00', '12月3日（木）10:00'],
    ['来月5日10時', '12月5日（土）10:00'],
    ['2時間したら', '11月21日（土）12:00'],
    ['あと1時間', '11月21日（土）11:00'],
    ['30分たったら', '11月21日（土）10:30'],
    ['3日たったら', '11月24日（火）9:00'],
  ])('%s is %s', (text, words) => {
    const moment = readMoment(text, SATURDAY);
    expect(moment === undefined ? moment : momentInWords(moment, SATURDAY)).toBe(words);
  });

  test('a day that is named stays that day, though the time is past: the caller says so', () => {
    expect(readMoment('今日の9時', SATURDAY)).toBe(at('2026-11-21T09:00'));
    expect(readMoment('昨日の10時', SATURDAY)).toBe(at('2026-11-20T10:00'));
  });

  test.each(['あああ', '25時', '10時70分', 'お願いします', ''])('「%s」 is none', (text) => {
    expect(readMoment(text, SATURDAY)).toBeUndefined();
  });
});

function offered(id: keyof typeof OFFERS, now: string): string {
  return momentInWords(OFFERS[id](at(now)), at(now));
}

describe('the moments offered by a button', () => {
  test('「今日の夕方」 is today, never tomorrow', () => {
    expect(offered('evening', '2026-11-21T10:00')).toBe('11月21日（土）17:00');
    expect(offered('evening', '2026-11-21T23:00')).toBe('11月21日（土）17:00');
  });

  test('「明日の朝」 after midnight is the morning to come', () => {
    expect(offered('morning', '2026-11-21T23:00')).toBe('11月22日（日）9:00');
    expect(offered('morning', '2026-11-22T01:00')).toBe('11月22日（日）9:00');
    expect(offered('morning', '2026-12-31T20:00')).toBe('2027年1月1日（金）9:00');
  });
});
