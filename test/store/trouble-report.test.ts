import { afterEach, expect, test, vi } from 'vitest';
import { explain } from '../../src/store/redis-outage.ts';
import { createTroubleReport } from '../../src/store/trouble-report.ts';

afterEach(() => void vi.useRealTimers());

test('a trouble is told once in a while, whatever number its message ends with', () => {
  const told: unknown[] = [];
  const report = createTroubleReport((error) => void told.push(error));
  for (const ms of [163.91, 375.28, 1114])
    report(
      explain(new Error(`All sentinels are unreachable. Retrying from scratch after ${ms}ms.`)),
    );
  expect(told).toHaveLength(1);
  report(explain(new Error('LOADING Redis is loading the dataset in memory')));
  expect(told).toHaveLength(2);
});

test('that the store is back is told once, when it has been quiet for a while', () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const report = createTroubleReport(
    () => void said.push('away'),
    () => void said.push('back'),
  );
  for (let second = 0; second < 25; second += 1) {
    report(explain(new Error('connect ECONNREFUSED')));
    vi.advanceTimersByTime(1000);
  }
  expect(said).toEqual(['away', 'away', 'away']);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual(['away', 'away', 'away', 'back']);
});

test('a right that was missing is back as anything that was away', () => {
  vi.useFakeTimers();
  const back = vi.fn<() => void>();
  const error = Object.assign(new Error('NOPERM'), { name: 'ReplyError' });
  createTroubleReport(() => undefined, back)(explain(error));
  vi.advanceTimersByTime(60_000);
  expect(back).toHaveBeenCalledOnce();
});

test('a bug is no outage that ends', () => {
  vi.useFakeTimers();
  const back = vi.fn<() => void>();
  const error = Object.assign(new Error('WRONGTYPE'), { name: 'ReplyError' });
  createTroubleReport(() => undefined, back)(explain(error));
  vi.advanceTimersByTime(60_000);
  expect(back).not.toHaveBeenCalled();
});
