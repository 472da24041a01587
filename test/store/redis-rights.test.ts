import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { explain, rightsNeeded } from '../../src/store/redis-outage.ts';
import { createRedisStore } from '../../src/store/redis.ts';
import { insist } from '../../src/worker/insist.ts';
import { startRedis, startRedisCluster } from '../support/redis.ts';
import type { TestCluster, TestRedis } from '../support/redis.ts';
import { drain, keep, someDay, takeOne, text } from './contract.ts';

let single: TestRedis;
let cluster: TestCluster;

beforeAll(async () => {
  [single, cluster] = await Promise.all([startRedis(), startRedisCluster()]);
}, 30_000);
afterAll(() => Promise.all([single.stop(), cluster.stop()]));

async function setUser(rights: string, house: TestRedis | TestCluster) {
  for (const { url } of 'nodes' in house ? house.nodes : [house]) {
    const admin = new Redis(url);
    await admin.acl('SETUSER', 'bot', ...rights.split(' '));
    admin.disconnect();
  }
}

/** Opens a store as a user of these rights only. */
async function openAs(
  rights: string,
  house: TestRedis | TestCluster,
  options: { prefix?: string; leaseMs?: number } = {},
) {
  const told: unknown[] = [];
  await setUser(`reset on >pw ${rights}`, house);
  const store = await createRedisStore({
    url: house.url.replace('//', '//bot:pw@'),
    onError: (error) => told.push(error),
    ...options,
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

test('without a right to the channel all are served, and the operator is told of it', async () => {
  for (const house of [single, cluster]) {
    const { store, told } = await openAs('~* +@all', house);
    await store.accept([text('U1', 'c1'), text('U1', 'c2')]);
    expect(await drain(store)).toEqual(['c1', 'c2']);
    await store.accept([text('U1', 'c3')]);
    expect(await store.accept([text('U1', 'c3')])).toEqual({ accepted: 0, duplicates: 1 });
    expect(await drain(store)).toEqual(['c3']);
    const message = expect.stringMatching(
      /^設定に問題があります。\n・設定 REDIS_URL: [^設]*NOPERM[^設]*$/,
    );
    await expect.poll(() => told).toMatchObject([{ name: 'ConfigError', message }]);
  }
});

test('a user that may not ask for the version is no wrong password: the start names the right', async () => {
  const start = openAs('~madoguchi:* &madoguchi:* +@all -@dangerous', single);
  await expect(start).rejects.toThrow(ConfigError);
  await expect(start).rejects.toThrow(/NOPERM.*'info'.*\+info/);
});

/** What is missing, said once. */
const missing =
  /^設定 REDIS_URL: Redis のユーザーに足りない権限があります\([^設]*~madoguchi:\*[^設]*$/;

test.each([
  ['~elsewhere:* &* +@all', /NOPERM/],
  [`${rightsNeeded} -evalsha -eval`, /NOPERM.*'eval'/],
  [`${rightsNeeded} -xdel -zpopmin`, /\(XDEL, ZPOPMIN\)|\(ZPOPMIN, XDEL\)/],
])(
  'with no more rights than %s the bot does not start, and says which is missing',
  async (...of) => {
    const [rights, which] = of;
    for (const house of [single, cluster]) {
      const start = openAs(rights, house, { prefix: 'madoguchi:less' });
      await expect(start).rejects.toThrow(ConfigError);
      await expect(start).rejects.toThrow(which);
      await expect(start).rejects.toThrow(/~madoguchi:\*/);
    }
  },
);

test.each(['resetkeys', '-evalsha -eval', '-rpush'])(
  'of a right that is taken away later (%s) the operator is told once',
  async (taken) => {
    const { store, told } = await openAs(rightsNeeded, single, { prefix: 'madoguchi:less' });
    await setUser(taken, single);
    const accepted = store.accept([text('U1', `k1${taken}`)]);
    await expect(accepted).rejects.toThrow(StoreUnavailable);
    await expect(accepted).rejects.toThrow(missing);
    await store.take({ max: 1, waitMs: 0 });
    const message = expect.stringMatching(missing);
    for (const error of told) expect(error).toMatchObject({ name: 'StoreUnavailable', message });
    // Those that may not even look for mail.
    expect(told).toHaveLength(taken === '-rpush' ? 0 : 1);
  },
);

test.each([
  ["NOPERM this user has no permissions to run the 'evalsha' command", 'Redis 7.0'],
  ["NOPERM User bot has no permissions to run the 'evalsha' command", 'Redis 7.2, Valkey'],
  [
    "ERR The user executing the script can't run this command or subcommand script: f44e, on @user_script:96.",
    'Redis 7.0 in a script',
  ],
  [
    "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments script: f44e, on @user_script:96.",
    'Redis 7.0 in a script',
  ],
  [
    "NOPERM ACL failure in script: User bot has no permissions to run the 'xadd' command script: f44e, on @user_script:96.",
    'Redis 7.2 and Valkey in a script',
  ],
])('"%s" (%s) is a missing right, and explained once', (message) => {
  const explained = explain(Object.assign(new Error(message), { name: 'ReplyError' }));
  expect(explained).toBeInstanceOf(StoreUnavailable);
  expect(explained).toMatchObject({ message: expect.stringMatching(missing) });
  expect(explain(explained)).toBe(explained);
});

test.each(['-evalsha -eval', 'resetkeys', '-set'])(
  'an answer that was said while its right was taken away (%s) is committed when it is back, and nobody says it again',
  async (taken) => {
    const options = { prefix: `madoguchi:${taken.replace(' ', '')}`, leaseMs: 1000 };
    const { store } = await openAs(rightsNeeded, single, options);
    const { store: other } = await openAs(rightsNeeded, single, { ...options });
    await store.accept([text('U1', taken)]);
    const job = await takeOne(store);
    await setUser(taken, single);
    const committed = insist(() => store.commit(job, keep(null)));
    const looking = other.take({ max: 1, waitMs: 2500 });
    // As the worker does.
    for (let i = 0; i < 4; i += 1) {
      await sleep(options.leaseMs / 3);
      await store.renew([job]).catch(() => {});
    }
    await setUser(rightsNeeded, single);
    expect(await committed).toBe(true);
    expect(await looking).toEqual([]);
  },
);
