import { describe, expect, test } from 'vitest';
import type { Promised } from '../../src/dialog/promise.ts';
import { freshState } from '../../src/dialog/state.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/japan-time.ts';
import type { Delivery } from '../../src/line/letter.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createSettle } from '../../src/worker/settle-reminder.ts';
import { bundle } from '../support/content.ts';

const dueMs = Date.parse('2026-11-23T12:00:00+09:00');
const owner = `U${'c'.repeat(32)}`;
const reminder = { id: 'r1', dueMs, topic: 'not-delivered', matter: 'm1' };
const promised: Promised = { reminder, key: 'k', dueMs };
const state = { ...freshState('e1', dueMs), reminders: [reminder] };

function jobOf(attempt: number, receivedMs = dueMs) {
  const body = { kind: 'reminder', reminderId: reminder.id, dueMs } as const;
  const event = { id: 'e1', owner, timestampMs: dueMs, receivedMs, body };
  return { owner, event, state, attempt, lease: 'lease' };
}

/** What is committed when LINE answers the push of a reminder so long after it was due, and what is counted. */
function settled(delivery: Delivery, lateMs: number, random = 1) {
  const metrics = createMetrics();
  const { settle } = createSettle({ clock: () => dueMs + lateMs, metrics, random: () => random });
  const { content } = bundle();
  const turn = settle(
    jobOf(1),
    promised,
    { content, state, turn: { state, replies: [] } },
    delivery,
  );
  return { turn, metrics };
}

describe('a reminder that LINE takes', () => {
  test.each([
    { lateMs: MINUTE_MS, outcomes: ['sent'], seconds: 60 },
    { lateMs: MINUTE_MS + 1, outcomes: ['sent', 'late'], seconds: 60.001 },
    // By the clock of another machine, that let it go.
    { lateMs: -500, outcomes: ['sent'], seconds: 0 },
  ])('$lateMs ms after its time is counted as $outcomes', async ({ lateMs, outcomes, seconds }) => {
    const { metrics } = settled('sent', lateMs);
    const counted = (await metrics.reminders.get()).values.filter(({ value }) => value > 0);
    expect(counted.map(({ labels }) => labels.outcome)).toEqual(outcomes);
    expect(await metrics.registry.metrics()).toContain(
      `reminder_lateness_seconds_sum ${seconds}\n`,
    );
  });
});

describe('a reminder that LINE does not take now', () => {
  test.each([
    { lateMs: 0, waitMs: 5000 },
    { lateMs: 4 * MINUTE_MS, waitMs: 2 * MINUTE_MS },
    { lateMs: 10 * HOUR_MS, waitMs: 15 * MINUTE_MS },
  ])(
    'waits the longer the later it is, and chance takes half of it at most: $waitMs ms',
    ({ lateMs, waitMs }) => {
      const nowMs = dueMs + lateMs;
      const after = (random: number) =>
        settled({ retryInMs: 700, reason: 'x' }, lateMs, random).turn.schedule;
      expect(after(1)).toEqual([{ id: 'r1', dueMs: nowMs + 700 + waitMs }]);
      expect(after(0)).toEqual([{ id: 'r1', dueMs: nowMs + 700 + waitMs / 2 }]);
    },
  );

  test.each(['held', 'kept'] as const)('and never will (%s) opens the next reply', (delivery) => {
    const { turn } = settled(delivery, 0);
    expect(turn.schedule).toBeUndefined();
    expect(turn.state).toMatchObject({ unsent: [{ node: 'reminder-held' }] });
    expect(turn.state).not.toHaveProperty('reminders');
  });
});

function tooOld(attempt: number, sinceMs: number, triedMs?: number): boolean {
  const { tooOld: ask } = createSettle({ clock: () => dueMs + sinceMs, metrics: createMetrics() });
  return ask(jobOf(attempt), triedMs === undefined ? promised : { ...promised, triedMs });
}

describe('a push that may have gone through before', () => {
  test('is tried again while LINE surely knows its retry key, and no longer', () => {
    const hours = 23 * HOUR_MS;
    expect([tooOld(2, hours), tooOld(2, hours + 1)]).toEqual([false, true]);
    expect([tooOld(1, hours, dueMs), tooOld(1, hours + 1, dueMs)]).toEqual([false, true]);
    expect(tooOld(2, hours, dueMs - 1)).toBe(true);
  });

  test('is none when it was never tried, however late it is', () => {
    expect(tooOld(1, 100 * HOUR_MS)).toBe(false);
  });
});
