import { describe, expect, test } from 'vitest';
import type { Event, EventBody } from '../../src/dialog/event.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/japan-time.ts';
import { held, postponed, promisedBy, released } from '../../src/dialog/promise.ts';
import type { Turn } from '../../src/dialog/turn.ts';
import { type State, freshState } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';

const at = (time: string) => Date.parse(`${time}+09:00`);
let events = 0;

function event(body: EventBody, nowMs: number): Event {
  events += 1;
  const id = `01EVENT0000000000000${String(events).padStart(6, '0')}`;
  return { id, owner: 'U1', timestampMs: nowMs, receivedMs: nowMs, body };
}

/** A conversation that has a reminder. */
function withReminder(dueMs: number, more: object = {}): State {
  const fresh = freshState('01EVENT0000000000000BEFORE', TEST_DAY_MS);
  const reminder = { id: 'r1', dueMs, topic: 'not-delivered', matter: fresh.session, ...more };
  return { ...fresh, reminders: [reminder] };
}

const due = (dueMs: number, nowMs: number) =>
  event({ kind: 'reminder', reminderId: 'r1', dueMs }, nowMs);
const turnOf = (state: State | undefined, what: Event, nowMs: number) =>
  step(bundle().content, state, what, nowMs);
const stateOf = (turn: Turn): State => {
  if (!turn.state) throw new Error('The turn keeps no state.');
  return turn.state;
};
/** The button of that act on the reminder, with what the picker returned. */
const picked = (value: string | undefined, nowMs = TEST_DAY_MS) =>
  event({ kind: 'postback', data: 'm=r1.change', ...(value ? { picked: value } : {}) }, nowMs);
const nodes = (turn: Turn) => turn.replies.map(({ node }) => node);

describe('what a picker returned', () => {
  test.each([
    ['is moved to', '2026-11-23T10:00', 'reminder-set', '2026-11-23T10:00'],
    ['at night is moved to the morning', '2026-11-23T23:30', 'reminder-quiet', '2026-11-24T08:00'],
  ])('%s', (_what, value, node, dueAt) => {
    const turn = turnOf(withReminder(TEST_DAY_MS + DAY_MS), picked(value), TEST_DAY_MS);
    expect(nodes(turn)).toEqual([node]);
    expect(turn.schedule).toEqual([{ id: 'r1', dueMs: at(dueAt) }]);
  });

  test.each([
    ['in the past', '2020-01-01T00:00', 'reminder-past'],
    ['now', '2026-11-21T10:00', 'reminder-past'],
    ['in years', '2031-01-01T10:00', 'reminder-far'],
    ['without a time', '2026-11-23', 'reminder-unclear'],
    ['on a day that no calendar has', '2026-02-30T10:00', 'reminder-unclear'],
    ['at an hour that no clock has', '2026-11-23T24:61', 'reminder-unclear'],
    ['that is no date', '__proto__', 'reminder-unclear'],
    ['of another length', `2026-11-23T10:00${'0'.repeat(500)}`, 'reminder-unclear'],
  ])('%s changes nothing and is explained', (_what, value, node) => {
    const before = withReminder(TEST_DAY_MS + DAY_MS);
    const turn = turnOf(before, picked(value), TEST_DAY_MS);
    expect(nodes(turn)).toEqual([node]);
    expect(turn.schedule).toBeUndefined();
    expect(stateOf(turn).reminders).toEqual(before.reminders);
  });

  test('is of no use for a reminder that was withdrawn', () => {
    const state = freshState('01EVENT0000000000000BEFORE', TEST_DAY_MS);
    const turn = turnOf(state, picked('2026-11-23T10:00'), TEST_DAY_MS);
    expect(nodes(turn)).toEqual(['reminder-gone']);
    expect(turn.schedule).toBeUndefined();
  });
});

describe('a reminder that is due', () => {
  const dueMs = at('2026-11-21T15:00:00');

  test('and was withdrawn or moved meanwhile says nothing', () => {
    const moved = turnOf(withReminder(dueMs + HOUR_MS), due(dueMs, dueMs), dueMs);
    expect(moved.replies).toEqual([]);
    expect(stateOf(moved).reminders).toHaveLength(1);
    expect(turnOf(undefined, due(dueMs, dueMs), dueMs)).toEqual({ state: null, replies: [] });
  });

  test('says that it is late when everything was down for more than half a day', () => {
    const nowMs = dueMs + 20 * HOUR_MS;
    expect(nodes(turnOf(withReminder(dueMs), due(dueMs, nowMs), nowMs))).toEqual(['reminder-late']);
  });

  test('keeps its retry key when it is put off, for the night and again, and a new time makes a new one', () => {
    const nightMs = at('2026-11-21T22:00:03');
    const before = withReminder(nightMs - 10_000);
    const first = due(nightMs - 10_000, nightMs - 9000);
    const key = promisedBy(before, first)?.key;
    expect(key).toContain('U1');

    const night = turnOf(before, first, nightMs);
    expect(night.replies).toEqual([]);
    const morningMs = at('2026-11-22T08:00:00');
    expect(night.schedule).toEqual([{ id: 'r1', dueMs: morningMs }]);
    const second = due(morningMs, morningMs + 500);
    const promised = promisedBy(stateOf(night), second);
    expect(promised).toMatchObject({ key, dueMs: nightMs - 10_000, triedMs: nightMs - 9000 });
    if (!promised) throw new Error('It must still be promised.');

    const later = postponed(stateOf(night), promised, second, morningMs + MINUTE_MS);
    const third = due(morningMs + MINUTE_MS, morningMs + 2 * MINUTE_MS);
    expect(promisedBy(stateOf(later), third)).toMatchObject({ key, triedMs: nightMs - 9000 });

    const changed = turnOf(stateOf(later), picked('2026-11-23T10:00', morningMs), morningMs);
    const [reminder] = stateOf(changed).reminders ?? [];
    expect(reminder?.tried).toBeUndefined();
    const anew = due(at('2026-11-23T10:00:00'), at('2026-11-23T10:00:00'));
    expect(promisedBy(stateOf(changed), anew)?.key).not.toBe(key);
  });

  test('that could not be pushed opens the next reply, by itself, with its buttons and the time it was for', () => {
    const { content } = bundle();
    const before = withReminder(dueMs);
    const promised = promisedBy(before, due(dueMs, dueMs));
    if (!promised) throw new Error('It must be promised.');
    const state = stateOf(held(content, before, promised, dueMs));
    expect(state.reminders).toBeUndefined();
    const nowMs = dueMs + DAY_MS;
    const answer = turnOf(
      state,
      event({ kind: 'text', messageId: 'm', text: 'ヘルプ' }, nowMs),
      nowMs,
    );
    expect(nodes(answer)).toEqual(['reminder-held', 'help']);
    const [first] = answer.replies;
    expect(first?.values?.['when']).toBe('11月21日（土）15:00');
    expect(first?.choices).toHaveLength(3);
    expect(stateOf(answer).unsent).toBeUndefined();
    const solved = event({ kind: 'postback', data: first?.choices?.[0]?.data ?? '' }, nowMs);
    expect(nodes(turnOf(stateOf(answer), solved, nowMs))).toContain('thanks');
  });

  test('is dropped with all others of somebody who is gone', () => {
    const one = withReminder(dueMs);
    const two = { ...one, reminders: [...(one.reminders ?? []), ...(one.reminders ?? [])] };
    const turn = released(two);
    expect(stateOf(turn).reminders).toBeUndefined();
    expect(turn.unschedule).toEqual(['r1', 'r1']);
  });
});

describe('how it went', () => {
  test('is taken as often as it is tapped, and withdraws the other reminders of the matter once', () => {
    const state = withReminder(TEST_DAY_MS + DAY_MS);
    const tap = () =>
      event({ kind: 'postback', data: `w=not-delivered.done&s=${state.session}` }, TEST_DAY_MS);
    const first = turnOf(state, tap(), TEST_DAY_MS);
    expect(first.unschedule).toEqual(['r1']);
    const second = turnOf(stateOf(first), tap(), TEST_DAY_MS);
    expect(second.unschedule).toBeUndefined();
    expect(nodes(second)).toEqual(nodes(first));
  });
});

describe('the offer before a deadline', () => {
  const nowMs = TEST_DAY_MS;
  /** 「期限の前」 as it is offered when this deadline was counted. */
  function offered(value: string, remindOn: string | undefined, now = nowMs) {
    const fresh = freshState('01EVENT0000000000000BEFORE', now);
    const deadline = {
      value,
      atMs: now,
      messageId: '',
      ...(remindOn === undefined ? {} : { remindOn }),
    };
    const state = { ...fresh, slots: { deadline } };
    const snooze = `w=return-refund.snooze&s=${fresh.session}`;
    const asked = turnOf(state, event({ kind: 'postback', data: snooze }, now), now);
    const choices = asked.replies.flatMap((reply) => reply.choices ?? []);
    const choice = choices.find(({ label }) => label.startsWith('期限'));
    if (!choice) return undefined;
    const set = turnOf(stateOf(asked), event({ kind: 'postback', data: choice.data }, now), now);
    return [choice.label, ...(set.schedule ?? []).map(({ dueMs }) => dueMs)];
  }

  test.each([
    ['some days before', '2026-12-21', '2026-12-16', '期限の前', '2026-12-16T10:00'],
    [
      'the day before, where nothing else is said',
      '2026-12-21',
      undefined,
      '期限の前',
      '2026-12-20T10:00',
    ],
    [
      'the next morning, when that day is over',
      '2026-11-24',
      '2026-11-19',
      '期限の前',
      '2026-11-22T10:00',
    ],
    [
      'the day itself, when it is tomorrow',
      '2026-11-22',
      '2026-11-17',
      '期限の日',
      '2026-11-22T10:00',
    ],
    ['the day itself', '2026-12-05', '2026-12-05', '期限の日', '2026-12-05T10:00'],
    ['the day after', '2026-11-23', '2026-11-24', '期限のあと', '2026-11-24T10:00'],
  ])('is for %s', (_what, value, remindOn, label, dueAt) => {
    expect(offered(value, remindOn)).toEqual([label, at(dueAt)]);
  });

  test('is not made for a deadline that is over', () => {
    expect(offered('2026-11-20', '2026-11-15')).toBeUndefined();
  });

  test('stands in the dialogs with the days that editors gave', () => {
    const margins = Object.entries(bundle().content.dialogs).flatMap(([dialog, { nodes: all }]) =>
      Object.entries(all).flatMap(([node, each]) =>
        each.kind === 'deadline' ? [`${dialog}.${node} ${each.remind_days_before}`] : [],
      ),
    );
    expect(margins).toEqual(
      expect.arrayContaining([
        'prime-membership.due 3',
        'return-refund.window 5',
        'marketplace-seller.claim-until 7',
      ]),
    );
  });
});
