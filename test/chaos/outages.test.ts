import { describe, expect, test } from 'vitest';
import { PATIENCE_MS, failuresOf, seed } from './short.ts';

describe(`trouble around the bots (seed ${seed})`, { timeout: PATIENCE_MS }, () => {
  test('Redis dies by kill -9 and stays away: nothing taken is missing, LINE gets 503, all recovers', async () => {
    expect(await failuresOf('redis', { kills: 4, seconds: 3 })).toEqual([]);
  });

  test('every event comes one to five times in any order: one answer each', async () => {
    expect(await failuresOf('order', { kills: 0, seconds: 2 })).toEqual([]);
  });
});
