import { expect, test } from 'vitest';
import { createCalm } from '../../src/store/redis-calm.ts';

const keys = ['a', 'b'];

test('a process that starts just after Redis takes nothing over at first', () => {
  expect(createCalm(keys, { leaseMs: 8000, upMs: 5000 }).reigns(keys)).toBe(true);
});

test('processes that die one after the other beside a Redis that was not away leave nothing lying', () => {
  const calm = createCalm(keys, { leaseMs: 8000, upMs: 60_000 });
  expect(calm.reigns(keys)).toBe(false);
  calm.begin(['a']);
  expect([calm.reigns(['a']), calm.reigns(['b'])]).toEqual([true, false]);
});
