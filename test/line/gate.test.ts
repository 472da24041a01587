import { expect, it } from 'vitest';
import { createGate } from '../../src/line/gate.ts';

it('lets so many in at a time, the urgent before the others, each in order', async () => {
  const gate = createGate(1);
  const order: string[] = [];
  const visit = async (name: string, urgency: 'first' | 'later') => {
    if (!(await gate.enter(urgency, 10_000))) return;
    order.push(name);
    await Promise.resolve();
    gate.leave();
  };
  await Promise.all([
    visit('inside', 'later'),
    visit('push 1', 'later'),
    visit('push 2', 'later'),
    visit('reply 1', 'first'),
    visit('reply 2', 'first'),
  ]);
  expect(order).toEqual(['inside', 'reply 1', 'reply 2', 'push 1', 'push 2']);
});

it('sends those away who waited too long, and keeps no place for them', async () => {
  const gate = createGate(1);
  expect(gate.enter('first', 10)).toBe(true);
  expect(await gate.enter('first', 10)).toBe(false);
  gate.leave();
  expect(gate.enter('later', 10)).toBe(true);
});
