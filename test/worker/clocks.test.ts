import { pino } from 'pino';
import { expect, test } from 'vitest';
import { HOUR_MS, addDays, dayOf, startOf } from '../../src/japan-time.ts';
import { type State, freshState } from '../../src/dialog/state.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createSqliteStore } from '../../src/store/sqlite.ts';
import { createTurn } from '../../src/worker/turn.ts';
import { bundle } from '../support/content.ts';

test('a reminder of the morning is sent also where the clock still says night, a moment behind the one that let it go', async () => {
  const eightMs = (startOf(addDays(dayOf(Date.now()), 1)) ?? 0) + 8 * HOUR_MS;
  let nowMs = eightMs - 10 * HOUR_MS;
  const store = createSqliteStore({ path: ':memory:', clock: () => nowMs });
  const pushed: string[] = [];
  const turn = createTurn({
    store,
    content: bundle,
    deliver: async ({ event, messages }) => {
      if (messages.length === 0) return 'nothing';
      pushed.push(event.id);
      return 'sent';
    },
    clock: () => nowMs - 100,
    quiet: { from: 22, to: 8 },
    ttlMs: 10 * 24 * HOUR_MS,
    log: pino({ level: 'silent' }),
    metrics: createMetrics(),
    counting: { add: () => undefined },
    sample: () => undefined,
  });
  const take = async () => (await store.take({ max: 1, waitMs: 0 }))[0];
  try {
    const owner = `U${'c'.repeat(32)}`;
    const body = { kind: 'text', messageId: 'm1', text: 'x' } as const;
    await store.accept([{ id: 'e1', owner, timestampMs: nowMs, receivedMs: nowMs, body }]);
    const reminder = { id: 'r1', dueMs: eightMs, topic: 'not-delivered', matter: 'm1' };
    const state: State = { ...freshState('e1', nowMs), reminders: [reminder] };
    const asked = await take();
    if (asked) await store.commit(asked, { state, ttlMs: 1e10, schedule: [reminder] });

    nowMs = eightMs + 40;
    expect(await store.releaseDue(nowMs, 10)).toBe(1);
    const due = await take();
    if (due) await turn(due);
    expect(pushed).toHaveLength(1);
    const { state: after, timers } = await store.recall(owner);
    expect(after).not.toHaveProperty('reminders');
    expect(timers).toEqual([]);
  } finally {
    await store.close();
  }
});
