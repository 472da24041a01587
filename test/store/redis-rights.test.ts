import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { rightsNeeded } from '../../src/store/redis-outage.ts';
import { createRedisStore } from '../../src/store/redis.ts';
import { startRedis, startRedisCluster } from '../support/redis.ts';
import type { TestCluster, TestRedis } from '../support/redis.ts';
import { drain, keep, someDay, takeOne, text } from './contract.ts';

let single: TestRedis;
let cluster: TestCluster;

beforeAll(async () => {
  [single, cluster] = await Promise.all([startRedis(), startRedisCluster()]);
}, 30_000);
afterAll(() => Promise.all([single.stop(), cluster.stop()]));

/** Opens a store as a user of these rights only. */
async function openAs(rights: string, house: TestRedis | TestCluster) {
  const told: unknown[] = [];
  for (const { url } of 'nodes' in house ? house.nodes : [house]) {
    const admin = new Redis(url);
    await admin.acl('SETUSER', 'bot', 'reset', 'on', '>pw', ...rights.split(' '));
    admin.disconnect();
  }
  const store = await createRedisStore({
    url: house.url.replace('//', '//bot:pw@'),
    worker: 'w',
    onError: (error) => told.push(error),
  });
  onTestFinished(() => store.close());
  return { store, told };
}

test('the rights that docs/scaling.md names are enough for all that the bot does', async () => {
  expect(readFileSync('docs/scaling.md', 'utf8')).toContain(rightsNeeded);
  for (const house of [single, cluster]) {
    const { store, told } = await openAs(rightsNeeded, house);
    await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
    const job = await takeOne(store);
    await store.renew([job]);
    expect(await store.commit(job, keep({}, { schedule: [{ id: 't', dueMs: someDay }] }))).toBe(
      true,
    );
    expect(await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 })).toBe('retry');
    expect(await store.releaseDue(someDay, 10)).toBe(1);
    await store.count('2026-11-22', { visits: 1 });
    expect(await store.counts(['2026-11-22'])).toEqual([{ visits: 1 }]);
    expect(await store.stats(someDay)).toMatchObject({ waiting: 2 });
    expect(await drain(store)).toHaveLength(2);
    const taking = store.take({ max: 10, waitMs: 5000 });
    await store.accept([text('U2', 'e3')]);
    expect(await taking).toHaveLength(1);
    await store.forget('U1');
    await store.ping();
    await store.close();
    expect(told).toEqual([]);
  }
});

test('without a right to the channel of a cluster all are served, and the operator is told of it', async () => {
  const { store, told } = await openAs('~* +@all', cluster);
  await store.accept([text('U1', 'c1'), text('U1', 'c2')]);
  expect(await drain(store)).toEqual(['c1', 'c2']);
  await store.accept([text('U1', 'c3')]);
  expect(await store.accept([text('U1', 'c3')])).toEqual({ accepted: 0, duplicates: 1 });
  expect(await drain(store)).toEqual(['c3']);
  const message = expect.stringMatching(/NOPERM.*&madoguchi:\*/);
  expect(told).toMatchObject([{ name: 'ConfigError', message }]);
});

test('a user that may not ask for the version is no wrong password: the start names the right', async () => {
  const start = openAs('~madoguchi:* &madoguchi:* +@all -@dangerous', single);
  await expect(start).rejects.toThrow(ConfigError);
  await expect(start).rejects.toThrow(/NOPERM.*'info'.*\+info/);
});

test('a user that may not touch the keys is told which', async () => {
  const { store } = await openAs('~elsewhere:* &* +@all', single);
  await expect(store.accept([text('U1', 'k1')])).rejects.toThrow(/NOPERM.*~madoguchi:\*/);
});
