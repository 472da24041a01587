import { expect, test } from 'vitest';
import { createPushPause } from '../../src/line/push-pause.ts';

let nowMs = 0;
const open = (random = 1) => createPushPause({ clock: () => nowMs, random: () => random });

/** Trouble at once after each pause: how long each of them is. */
function lengths(pause: ReturnType<typeof open>, times: number): number[] {
  return Array.from({ length: times }, () => {
    nowMs += pause.leftMs();
    pause.begin();
    return pause.leftMs();
  });
}

test('it grows to a minute while the trouble lasts, and is short again after a push', () => {
  const pause = open();
  expect(lengths(pause, 8)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  nowMs += pause.leftMs() + 1;
  expect(pause.leftMs()).toBe(0);
  pause.end();
  expect(lengths(pause, 2)).toEqual([1000, 2000]);
});

test('chance takes half of it at most', () => {
  expect(lengths(open(0), 3)).toEqual([500, 1000, 2000]);
});

test('what was on its way when it began neither prolongs nor ends it', () => {
  const pause = open();
  pause.begin();
  nowMs += 400;
  pause.begin();
  expect(pause.leftMs()).toBe(600);
  pause.end();
  expect(pause.leftMs()).toBe(600);
  nowMs += 600;
  expect(lengths(pause, 1)).toEqual([2000]);
});

test('it ends at once when the clock is put back', () => {
  const pause = open();
  pause.begin();
  nowMs -= 3_600_000;
  expect(pause.leftMs()).toBe(0);
});
