import { describe, expect, test } from 'vitest';
import {
  addDays,
  afterQuiet,
  dayInWords,
  dayOf,
  daysBetween,
  inJapan,
  isQuiet,
  momentInWords,
  startOf,
  toDay,
} from '../src/japan-time.ts';

const at = (time: string): number => Date.parse(`${time}:00+09:00`);

describe("Japan's calendar, wherever the machine stands", () => {
  test('midnight in Japan begins the day, nine hours before midnight UTC', () => {
    expect(startOf('2026-11-21')).toBe(Date.parse('2026-11-20T15:00:00Z'));
    expect(dayOf(Date.parse('2026-12-31T14:59:59Z'))).toBe('2026-12-31');
    expect(dayOf(Date.parse('2026-12-31T15:00:00Z'))).toBe('2027-01-01');
  });

  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2028-02-29', 365, '2029-02-28'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2026-11-10', 30, '2026-12-10'],
    ['2026-11-10', 90, '2027-02-08'],
  ])('%s and %i days is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days);
  });

  test.each(['2026-02-30', '2027-02-29', '2026-13-01', '2026-1-1', '0000-00-00', 'today', ''])(
    '%s is no day',
    (day) => {
      expect(startOf(day)).toBeUndefined();
    },
  );

  test('a month has the days it has', () => {
    expect(toDay(2026, 4, 31)).toBeUndefined();
    expect(toDay(2028, 2, 29)).toBe('2028-02-29');
    expect(toDay(2026, 0, 1)).toBeUndefined();
  });

  test('a day and a moment read as people say them, with the year when it is another', () => {
    const now = at('2026-12-30T10:00');
    expect(dayInWords('2026-12-31', now)).toBe('12月31日（木）');
    expect(dayInWords('2027-01-02', now)).toBe('2027年1月2日（土）');
    expect(momentInWords(at('2026-12-31T09:05'), now)).toBe('12月31日（木）9:05');
    expect(inJapan(at('2027-01-02T00:00'))).toMatchObject({ weekday: 6, hour: 0, month: 1 });
  });
});

describe('quiet hours', () => {
  const night = { from: 22, to: 8 };

  test.each([
    ['2026-11-21T21:59', '2026-11-21T21:59'],
    ['2026-11-21T22:00', '2026-11-22T08:00'],
    ['2026-11-22T00:00', '2026-11-22T08:00'],
    ['2026-11-22T07:59', '2026-11-22T08:00'],
    ['2026-11-22T08:00', '2026-11-22T08:00'],
    ['2026-12-31T23:30', '2027-01-01T08:00'],
  ])('%s is moved to %s', (wanted, kept) => {
    expect(afterQuiet(at(wanted), night)).toBe(at(kept));
  });

  test('quiet hours that do not pass midnight', () => {
    expect(isQuiet(at('2026-11-21T13:00'), { from: 12, to: 14 })).toBe(true);
    expect(isQuiet(at('2026-11-21T14:00'), { from: 12, to: 14 })).toBe(false);
    expect(afterQuiet(at('2026-11-21T12:30'), { from: 12, to: 14 })).toBe(at('2026-11-21T14:00'));
  });
});
