import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Counts } from '../../src/store/store.ts';
import { startChores } from '../../src/worker/chores.ts';
import { createCounting } from '../../src/worker/counting.ts';
import { createPace } from '../../src/worker/pace.ts';

const clock = () => Date.UTC(2026, 10, 23, 3);

/** A store that is away at first. */
function storeAway(times: number) {
  const kept: Counts[] = [];
  const count = async (_day: string, counts: Counts) => {
    if (times-- > 0) throw new Error('away');
    kept.push(counts);
  };
  return { kept, count };
}

test('what the store could not take is counted when it is back, with what came meanwhile', async () => {
  const store = storeAway(1);
  const counting = createCounting(store, clock);
  counting.add(['opened:a', 'opened:a']);
  await expect(counting.flush()).rejects.toThrow('away');
  counting.add(['opened:a', 'solved:a']);
  await counting.flush();
  await counting.flush();
  expect(store.kept).toEqual([{ 'opened:a': 3, 'solved:a': 1 }]);
});

test('while the store is away the memory does not grow with names', async () => {
  const store = storeAway(0);
  const counting = createCounting(store, clock);
  counting.add(['first']);
  for (let i = 0; i < 10_000; i += 1) counting.add([`name ${i}`]);
  counting.add(['first']);
  await counting.flush();
  expect(Object.keys(store.kept[0] ?? {})).toHaveLength(5000);
  expect(store.kept[0]).toMatchObject({ first: 2 });
});

test('what was counted last is kept when the bot stops', async () => {
  const store = storeAway(0);
  const counting = createCounting(store, clock);
  const chores = startChores({
    store: { releaseDue: async () => 0 },
    clock,
    log: pino({ level: 'silent' }),
    counting,
    pace: createPace(1, clock),
    pause: { leftMs: () => 0 },
    worker: { remindersWaiting: () => 0 },
  });
  counting.add(['opened:a']);
  await chores.stop();
  expect(store.kept).toEqual([{ 'opened:a': 1 }]);
});
