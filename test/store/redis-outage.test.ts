import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { explain } from '../../src/store/redis-outage.ts';

const saidByRedis = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

test.each([
  'LOADING Redis is loading the dataset in memory',
  "READONLY You can't write against a read only replica.",
  'CLUSTERDOWN The cluster is down',
  'TRYAGAIN Multiple keys request during rehashing of slot',
  "OOM command not allowed when used memory > 'maxmemory'.",
  'MISCONF Redis is configured to save RDB snapshots, but it is unable to persist to disk.',
  'BUSY Redis is busy running a script.',
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
