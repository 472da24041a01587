import { expect, test } from 'vitest';
import { createPace } from '../../src/worker/pace.ts';

let nowMs = 0;
const open = (perSecond: number) => createPace(perSecond, () => nowMs);

/** All that may go at each of these steps. */
function spent(pace: ReturnType<typeof open>, stepMs: number, steps: number): number[] {
  return Array.from({ length: steps }, () => {
    nowMs += stepMs;
    const room = pace.room();
    pace.spend(room);
    return room;
  });
}

test('so many go in a second, however often it is asked', () => {
  const pace = open(100);
  expect(pace.room()).toBe(10);
  pace.spend(10);
  const each = spent(pace, 15, 200);
  expect(each.reduce((sum, room) => sum + room)).toBe(300);
  expect(Math.max(...each)).toBe(2);
});

test('what was not used in a quiet hour is no burst', () => {
  const pace = open(100);
  expect(spent(pace, 3_600_000, 2)).toEqual([10, 10]);
});

test('one at a time goes where there are only a few a second', () => {
  const pace = open(2);
  pace.spend(pace.room());
  expect(spent(pace, 250, 6)).toEqual([0, 1, 0, 1, 0, 1]);
});

test('a clock that is put back neither earns nor takes anything', () => {
  const pace = open(100);
  pace.spend(4);
  nowMs -= 3_600_000;
  expect(pace.room()).toBe(6);
  expect(spent(pace, 20, 1)).toEqual([8]);
  expect(spent(pace, 20, 2)).toEqual([2, 2]);
});
