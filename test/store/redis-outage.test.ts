import { afterEach, expect, test, vi } from 'vitest';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { explain, within } from '../../src/store/redis-outage.ts';

afterEach(() => void vi.useRealTimers());

const saidByRedis = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

test.each([
  'LOADING Redis is loading the dataset in memory',
  "READONLY You can't write against a read only replica.",
  'CLUSTERDOWN The cluster is down',
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  'MOVED 3999 127.0.0.1:6381',
  'ASK 3999 127.0.0.1:6381',
  'TRYAGAIN Multiple keys request during rehashing of slot',
  "OOM command not allowed when used memory > 'maxmemory'.",
  'MISCONF Redis is configured to save RDB snapshots, but it is unable to persist to disk.',
  'BUSY Redis is busy running a script.',
  'UNKILLABLE Sorry the script already executed write commands against the dataset.',
  'NOREPLICAS Not enough good replicas to write.',
  'NOSCRIPT No matching script. Please use EVAL.',
])('%s: an outage that ends, and is waited for', (message) => {
  expect(explain(saidByRedis(message))).toBeInstanceOf(StoreUnavailable);
});

test.each([
  'WRONGTYPE Operation against a key holding the wrong kind of value',
  'ERR user_script:12: attempt to index a nil value',
])('%s: a bug, which no waiting mends', (message) => {
  const error = saidByRedis(message);
  expect(explain(error)).toBe(error);
});

test("what a cluster's node said carries no text of a user", () => {
  const ofNode = Object.assign(saidByRedis('TRYAGAIN'), { command: { args: ['secret'] } });
  const error = Object.assign(new Error('Too many Cluster redirections.'), {
    lastNodeError: ofNode,
    command: { args: ['secret'] },
  });
  const explained = explain(error);
  expect(explained).toBeInstanceOf(StoreUnavailable);
  expect(explained).toHaveProperty('cause.lastNodeError', ofNode);
  expect(ofNode).not.toHaveProperty('command');
  expect(error).not.toHaveProperty('command');
});

test('what is answered in time keeps no command of the terminal from ending', async () => {
  vi.useFakeTimers();
  expect(await within(10_000, Promise.resolve('here'))).toBe('here');
  await expect(within(10_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});
