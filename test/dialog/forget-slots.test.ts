import { expect, test } from 'vitest';
import { FORGET_TIMER } from '../../src/dialog/forget-slots.ts';
import { DAY_MS, MINUTE_MS } from '../../src/japan-time.ts';
import type { EventBody } from '../../src/dialog/event.ts';
import { putBy } from '../../src/dialog/promise.ts';
import { freshState, readState } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';
import type { Turn } from '../../src/dialog/turn.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';
import { askedForDay, startChat } from './chat.ts';

const ORDER = '250-1234567-1234567';

test('what was given later is forgotten after its own day, though the first was taken back', () => {
  const chat = askedForDay();
  chat.say('11月10日', { messageId: 'the-day' });
  const firstMs = chat.nowMs;
  chat.tap('開けた・使った');
  chat.tap('できない・ボタンがない');
  chat.tap('スマホのアプリ');
  chat.nowMs += 10 * MINUTE_MS;
  chat.say(ORDER, { messageId: 'the-order' });
  const secondMs = chat.nowMs;
  chat.happen({ kind: 'unsend', messageId: 'the-day' });
  chat.nowMs = firstMs + DAY_MS;
  const forgets = { kind: 'reminder', reminderId: FORGET_TIMER, dueMs: chat.nowMs } as const;
  expect(chat.happen(forgets).turn.schedule).toEqual([
    { id: FORGET_TIMER, dueMs: secondMs + DAY_MS },
  ]);
  expect(JSON.stringify(chat.state())).toContain(ORDER);
  chat.nowMs = secondMs + DAY_MS;
  chat.happen({ ...forgets, dueMs: chat.nowMs });
  expect(JSON.stringify(chat.state())).not.toContain(ORDER);
});

test('an order number leaves the store after a day, although its user never comes back', () => {
  let turn: Turn | undefined;
  let nowMs = TEST_DAY_MS;
  const live = (body: EventBody): Turn => {
    nowMs += 1000;
    const event = {
      id: `01FORGET${nowMs}`,
      owner: 'U1',
      timestampMs: nowMs,
      receivedMs: nowMs,
      body,
    };
    return step(bundle().content, readState(turn?.state ?? null), event, nowMs);
  };
  for (const text of ['配達済みなのに荷物がない', '2', '4', '1', '1', '1', ORDER]) {
    turn = live({ kind: 'text', messageId: text, text });
  }
  expect(JSON.stringify(turn?.state)).toContain(ORDER);
  const timer = turn?.schedule?.[0];
  expect(timer?.dueMs).toBe(nowMs + DAY_MS);

  nowMs += DAY_MS;
  turn = live({ kind: 'reminder', reminderId: timer?.id ?? '', dueMs: timer?.dueMs ?? 0 });
  expect(turn.replies).toEqual([]);
  expect(turn.state?.dialog).toBe('solved');
  expect(JSON.stringify(turn.state)).not.toContain(ORDER);
  expect(turn.schedule).toBeUndefined();
});

test('what was pasted, and the list of all that is remembered, is said at once or not at all', () => {
  const chat = startChat();
  const { turn } = chat.say('taro.yamada1985@gmail.com');
  expect(JSON.stringify(turn.replies)).toContain('gmail');
  const kept = putBy(freshState('e1', chat.nowMs), [
    ...turn.replies,
    { dialog: 'system', node: 'recall', values: { memory: '・金額: 980' } },
    { dialog: 'system', node: 'hello' },
  ]);
  expect(JSON.stringify(kept)).not.toMatch(/gmail|980/);
  expect(kept.unsent).toContainEqual({ dialog: 'system', node: 'hello' });
});
