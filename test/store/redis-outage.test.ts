import { expect, test } from 'vitest';
import { createTroubleReport } from '../../src/store/redis-outage.ts';

test('a trouble is told once in a while, whatever number its message ends with', () => {
  const told: unknown[] = [];
  const report = createTroubleReport((error) => void told.push(error));
  for (const ms of [163.91, 375.28, 1114])
    report(new Error(`All sentinels are unreachable. Retrying from scratch after ${ms}ms.`));
  expect(told).toHaveLength(1);
  report(new Error('LOADING Redis is loading the dataset in memory'));
  expect(told).toHaveLength(2);
});
