import { describe, expect, test } from 'vitest';
import { createGuard } from '../../src/safety/guard.ts';
import { hasPhoneShape } from '../../src/safety/facts.ts';
import { isDue, isLive, mayDial, reviewDueMs } from '../../src/safety/review.ts';
import { words } from '../message/samples.ts';

const { facts, phrases } = words;
const guard = createGuard(facts);
const all = Object.entries(facts);

describe('messages/facts.yaml', () => {
  test('what may be shown passes the guard', () => {
    const bad = all.filter(([, fact]) => isLive(fact) && guard.check(fact.value).length > 0);
    expect(bad.map(([id]) => id)).toEqual([]);
  });

  test('a hidden number, mail address or link is stopped by the guard', () => {
    const contacts = all.filter(([, { kind }]) => ['phone', 'mail', 'url'].includes(kind));
    const leaks = contacts.filter(
      ([, fact]) => !isLive(fact) && guard.check(fact.value).length === 0,
    );
    expect(leaks.map(([id]) => id)).toEqual([]);
  });

  test('successors exist and are live', () => {
    const lost = all.filter(([, { successor }]) => {
      const next = successor === undefined ? undefined : facts[successor];
      return successor !== undefined && !(next && isLive(next));
    });
    expect(lost).toEqual([]);
  });

  test('retired facts are never marked as showable', () => {
    expect(all.filter(([, fact]) => fact.class === 'retired' && fact.show)).toEqual([]);
  });

  test('only numbers of Amazon itself or of public bodies can be dialled', () => {
    const dialled = all.filter(([, fact]) => fact.kind === 'phone' && mayDial(fact));
    expect(dialled.map(([, { value }]) => value).toSorted()).toEqual([
      '#9110',
      '110',
      '119',
      '188',
    ]);
  });
});

describe('the shape of a phone number', () => {
  const right = `110 118 119 171 188 189 #9110 #7119 0120-899-543 0800-123-4567 0570-064-370 050-3032-2207
    +81-50-3032-2207 090-1234-5678 022-745-6363 03-4578-0364 0467-12-3456 04992-2-1234 +81-3-4578-0364`;
  test.each(right.split(/\s+/))('%s has it', (number) => expect(hasPhoneShape(number)).toBe(true));

  const wrong = `198 1100 #911 0120-899-5439 0120-899-54 0120899543 0120-8995-43 050-303-2207 03-4578-036
    03-4578-03645 04578-0364 1-800-123-4567 ０１２０-899-543 00-4578-0364 +1-206-266-1000 なし`;
  test.each([...wrong.split(/\s+/), '0120 899 543', ''])('%s has not', (number) =>
    expect(hasPhoneShape(number)).toBe(false),
  );
});

describe('messages/phrases.yaml', () => {
  test('every phrase passes the guard', () => {
    const bad = Object.entries(phrases).filter(([, { when, ja, en, kana }]) =>
      [when, ja, en ?? '', kana ?? ''].some((text) => guard.check(text).length > 0),
    );
    expect(bad.map(([id]) => id)).toEqual([]);
  });

  test('English that is read out to Amazon comes with its reading in kana', () => {
    const silent = Object.entries(phrases).filter(
      ([id, { en, kana }]) =>
        en !== undefined && kana === undefined && /^[a-z]\d\d|^script-.*-phone/.test(id),
    );
    expect(silent.map(([id]) => id)).toEqual([]);
  });
});

describe('review dates', () => {
  const fact = { ...facts['contact-us'], checked_on: '2026-11-01', review_after_days: 30 };
  const asFact = fact as Parameters<typeof isDue>[0];

  test('a fact is good through its last day in Japan', () => {
    expect(isDue(asFact, Date.parse('2026-12-01T23:59:59+09:00'))).toBe(false);
    expect(isDue(asFact, Date.parse('2026-12-02T00:00:00+09:00'))).toBe(true);
  });

  test.each(['1970-01-01', '2000-02-29', '2024-03-01', '2026-12-31', '2100-03-01'])(
    'the calendar is right from %s on',
    (checked_on) => {
      const due = reviewDueMs({ ...asFact, checked_on, review_after_days: 1 });
      expect(due).toBe(Date.parse(`${checked_on}T00:00:00+09:00`) + 2 * 86_400_000);
    },
  );
});
