import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { maxLost } from '../../src/store/limits.ts';
import { hourOf, markOf, placeOf } from '../../src/store/owner-key.ts';
import { createRedisStore } from '../../src/store/redis.ts';
import { defineScripts } from '../../src/store/redis-scripts.ts';
import type { Event } from '../../src/dialog/event.ts';
import type { Job, Store } from '../../src/store/store.ts';
import type { RedisStoreOptions } from '../../src/store/redis.ts';
import { insist } from '../../src/worker/insist.ts';
import { addIdleUsers } from '../../bench/idle-users.ts';
import { freePort, startRedis } from '../support/redis.ts';
import type { TestRedis } from '../support/redis.ts';
import { drain, keep, someDay, storeContract, takeOne, text } from './contract.ts';

const url = inject('redisUrl');
const run = `test-${process.pid}-${Date.now().toString(36)}`;
let counter = 0;
const newPrefix = () => `${run}-${counter++}`;

const isShared = (key: string) => /:(?:queue|held|later|apart|due|dead)$/.test(key);

async function open(options: Partial<RedisStoreOptions> = {}) {
  const store = await createRedisStore({ url, prefix: run, ...options });
  onTestFinished(() => store.close());
  return store;
}

const reaches = (store: Store) =>
  store.ping().then(
    () => true,
    () => false,
  );

/** Accepts while a take of the same process waits. */
async function handedOver(store: Store, ...events: Event[]): Promise<Job> {
  const taking = store.take({ max: 10, waitMs: 3000 });
  // The first look is over by then.
  await sleep(50);
  await store.accept(events);
  const [job, ...more] = await taking;
  expect(more).toEqual([]);
  if (job === undefined) throw new Error('Nothing was handed over.');
  return job;
}

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => text('U1', `e${from + i}`));

describe('the Redis store', () => {
  let redis: Redis;
  beforeAll(() => {
    redis = new Redis(url);
  });
  afterAll(() => redis.disconnect());

  storeContract(async () => {
    const prefix = newPrefix();
    return (options) => createRedisStore({ url, prefix, ...options });
  });

  const keysOf = (prefix: string) => redis.keys(`${prefix}:*`);

  test("a lease of a worker that died does not outlive it by hours though Redis' clock went back", async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    const { owner } = await handedOver(store, text('U1', 'e1'));
    await store.close();
    const [key = ''] = await redis.keys(`${prefix}:*:held`);
    const [hash = '', ends = 0] = await redis.zrange(key, '0', '0', 'WITHSCORES');
    await redis.zadd(key, Number(ends) + 3_600_000, hash);
    // A bot takes nothing over for a moment after its start, a lease long at most.
    const other = await open({ prefix, leaseMs: 400 });
    expect(await takeOne(other, 2000)).toMatchObject({ owner, attempt: 2 });
  });

  test('every key of an owner ends by itself, and none tells who it is', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    const owner = 'U0123456789abcdef0123456789abcdef';
    await store.accept(['e1', 'e2', 'e3'].map((id) => text(owner, id)));
    const schedule = [{ id: 't', dueMs: Date.now() + 1e9 }];
    await store.commit(await takeOne(store), keep({ n: 1 }, { schedule }));
    for (let i = 0; i < 5; i++)
      await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 });

    const keys = await keysOf(prefix);
    const owned = keys.filter((key) => !isShared(key));
    expect(owned.map((key) => key.split(':')[2]).toSorted()).toEqual(['q', 'r', 't', 'x']);
    expect(new Set(owned.map((key) => key.split(':')[3])).size).toBe(1);
    for (const key of owned) expect(await redis.pttl(key)).toBeGreaterThan(0);
    expect(keys.join()).not.toContain(owner);
    const queues = keys.filter((key) => key.endsWith(':queue'));
    const queued = await Promise.all(queues.map((key) => redis.zrange(key, '0', '-1')));
    expect(queued.flat()).toHaveLength(1);
    expect(queued.join()).not.toContain(owner);
  });

  test('an owner who has nothing any more leaves one key behind, with ids only', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    await store.accept([text('U1', 'e1')]);
    const schedule = [{ id: 't', dueMs: Date.now() + 1e9 }];
    await store.commit(await takeOne(store), keep({ n: 1 }, { schedule }));
    await store.forget('U1');
    const owned = (await keysOf(prefix)).filter((key) => !isShared(key));
    expect(owned).toHaveLength(1);
    expect(await redis.get(owned[0] ?? '')).toMatch(/^0\|0\|\.\w{6}[\w-]{7}$/);
  });

  test('an owner who is forgotten stands in no set any more, were there everything of it', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    const owners = ['U1', 'U2'];
    const schedule = [{ id: 't', dueMs: Date.now() + 1e9 }];
    for (const owner of owners) {
      await store.accept(['e1', 'e2', 'e3'].map((id) => text(owner, `${owner}-${id}`)));
      await store.commit(await takeOne(store), keep({ n: 1 }, { schedule }));
      for (let i = 0; i < 5; i++)
        await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 });
      await takeOne(store);
    }
    const sets = async () => {
      const keys = (await keysOf(prefix)).filter(isShared);
      const members = await Promise.all(keys.map((key) => redis.zrange(key, '0', '-1')));
      return members.flat().join();
    };
    const [first = '', second = ''] = owners.map((owner) => placeOf(owner, 16).hash);
    expect((await sets()).split(first)).toHaveLength(4);
    await store.forget('U1');
    expect(await sets()).not.toContain(first);
    expect((await sets()).split(second)).toHaveLength(4);
  });

  test.each(['queue', 'later', 'apart'])(
    'an owner who is forgotten while it stands in %s does so no more',
    async (set) => {
      const prefix = newPrefix();
      const store = await open({ prefix, partitions: 1 });
      const { hash } = placeOf('U1', 1);
      await store.accept([text('U1', 'e1')]);
      await redis.zrem(`${prefix}:{0}:queue`, hash);
      await redis.zadd(`${prefix}:{0}:${set}`, Date.now() + 60_000, hash);
      await store.forget('U1');
      expect((await keysOf(prefix)).filter(isShared)).toEqual([]);
    },
  );

  test('a nearer timer does not cost a later one', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    await store.accept([text('U1', 'e1')]);
    const [near, late] = [Date.now() + 1000, Date.now() + 1e10];
    const schedule = [
      { id: 'late', dueMs: late },
      { id: 'near', dueMs: near },
    ];
    await store.commit(await takeOne(store), keep({ n: 1 }, { schedule }));
    const key = (await keysOf(prefix)).find((one) => one.includes(':t:')) ?? '';
    expect(await redis.pttl(key)).toBeGreaterThan(1e10);
  });

  test('who takes back the only word among its dead letters has none, and is not counted', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
    for (let i = 0; i < 5; i++)
      await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 });
    const dead = async () => (await keysOf(prefix)).filter((key) => /:(?:dead|x:.*)$/.test(key));
    expect(await dead()).toHaveLength(2);
    await store.commit(await takeOne(store), keep(null, { forgetMessage: 'm-e1' }));
    expect(await dead()).toEqual([]);
  });

  test('of a thousand owners with dead letters in a partition the oldest go first, and those that are over', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix, partitions: 1 });
    const base = `${prefix}:{0}`;
    const bury = async (owner: string) => {
      await store.accept([text(owner, `of ${owner}`)]);
      for (let i = 0; i < 5; i++)
        await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 });
    };
    await redis.zadd(`${base}:dead`, 1, 'over');
    await bury('U1');
    expect(await redis.zscore(`${base}:dead`, 'over')).toBeNull();

    const nextMs = Date.now() + 60_000;
    const others = Array.from({ length: 999 }, (_, i) => [nextMs + i, `other${i}`]).flat();
    await redis.zadd(`${base}:dead`, ...others);
    await redis.rpush(`${base}:x:other0`, 'a letter');
    await redis.rpush(`${base}:x:other1`, 'a letter');
    await bury('U2');
    expect(await redis.zscore(`${base}:dead`, 'other0')).toBeNull();
    expect(await redis.zcard(`${base}:dead`)).toBe(1000);
    expect(await redis.exists(`${base}:x:other0`)).toBe(0);
    expect(await redis.exists(`${base}:x:other1`)).toBe(1);
  });

  const recordOf = async (prefix: string) => {
    const key = (await keysOf(prefix)).find((one) => one.includes(':r:')) ?? '';
    return { key, record: (await redis.get(key)) ?? '' };
  };

  describe('the ids of events', () => {
    const hour = 3_600_000;
    test('are a thousand at most of one owner; the oldest give way', async () => {
      const prefix = newPrefix();
      let now = someDay;
      const store = await open({ prefix, clock: () => now });
      await store.accept([text('U1', 'first')]);
      now += hour;
      await store.accept(many(1500));
      expect((await recordOf(prefix)).record.length).toBeLessThan(7 * 1003);
      expect(await store.accept(many(900, 600))).toEqual({ accepted: 0, duplicates: 900 });
      expect(await store.accept([text('U1', 'first')])).toEqual({ accepted: 1, duplicates: 0 });
      // They are remembered from the hour in which they came.
      now += 24 * hour - 1000;
      expect(await store.accept(many(100, 700))).toEqual({ accepted: 0, duplicates: 100 });
    });

    test('that are over go with the next event, however long the conversation is kept', async () => {
      const prefix = newPrefix();
      let now = someDay;
      const store = await open({ prefix, clock: () => now });
      const lengths: number[] = [];
      for (let day = 0; day < 4; day++) {
        await store.accept(many(5, 5 * day));
        for (let i = 0; i < 5; i++)
          await store.commit(await takeOne(store), keep({ n: 1 }, { ttlMs: 1e10 }));
        lengths.push((await recordOf(prefix)).record.length);
        now += 26 * hour;
      }
      expect(lengths).toEqual([lengths[0], lengths[0], lengths[0], lengths[0]]);
    });

    test('are found whole: what is spread over two of them is none', async () => {
      const prefix = newPrefix();
      const store = await open({ prefix, clock: () => someDay });
      await store.accept([text('U1', 'e1')]);
      const { key } = await recordOf(prefix);
      await redis.set(key, `0|0|${hourOf(someDay)}x${markOf('e2')}yyyyyy`);
      expect(await store.accept([text('U1', 'e2')])).toEqual({ accepted: 1, duplicates: 0 });
      expect(await store.accept([text('U1', 'e2')])).toEqual({ accepted: 0, duplicates: 1 });
    });
  });

  test('a job that somebody else has by now cannot be given back', async () => {
    const store = await open({ prefix: newPrefix() });
    await store.accept([text('U1', 'e1')]);
    const job = await takeOne(store);
    const [key = '', hash = ''] = job.lease.split(' ');
    const script = defineScripts(redis, `${run}:wake`);
    expect(await script('give-back', [key], [hash, 'another'])).toBe(0);
    expect(await store.take({ max: 1, waitMs: 0 })).toEqual([]);
    expect(await store.commit(job, keep(null))).toBe(true);
  });

  test('whoever has a job in hand or waits for one counts to the crowd that holds reminders back', async () => {
    const store = await open({ prefix: newPrefix(), clock: () => someDay });
    const dueMs = someDay + 60_000;
    await store.accept(Array.from({ length: 20 }, (_, i) => text(`U${i}`, `e${i}`)));
    for (const job of await store.take({ max: 20, waitMs: 0 }))
      await store.commit(job, keep(null, { schedule: [{ id: 't', dueMs }] }));
    await store.accept(Array.from({ length: 8 }, (_, i) => text(`V${i}`, `v${i}`)));
    expect(await store.take({ max: 8, waitMs: 0 })).toHaveLength(8);
    expect(await store.releaseDue(dueMs, 50, 10)).toBe(2);
    // One in any case.
    expect(await store.releaseDue(dueMs, 50, 10)).toBe(1);
  });

  test('a script that fails changes nothing', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
    const job = await takeOne(store);
    const [queue = ''] = job.lease.split(' ');
    const due = queue.replace(/queue$/, 'due');
    await redis.set(due, 'not a sorted set');
    const change = keep({ n: 1 }, { schedule: [{ id: 't', dueMs: someDay }] });
    await expect(store.commit(job, change)).rejects.toThrow(/WRONGTYPE/);
    await redis.del(due);
    expect(await store.recall('U1')).toMatchObject({ state: null, timers: [] });
    expect((await store.recall('U1')).waiting).toHaveLength(2);
    expect(await store.commit(job, change)).toBe(true);
    expect(await drain(store)).toEqual(['e2']);
  });

  test('an error carries no text of a user', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    await store.accept([text('U1', 'e1')]);
    const record = (await keysOf(prefix)).find((key) => key.includes(':r:')) ?? '';
    await redis.del(record);
    await redis.rpush(record, 'no string');
    const error: unknown = await store.accept([text('U1', 'secret')]).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(JSON.stringify([error, { ...(error as Error) }, String(error)])).not.toContain('secret');
  });

  test('what a version left apart that lets an event be lost more often is buried, and holds up nobody there', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix, leaseMs: 400 });
    await store.accept([text('U1', 'lost often'), text('U1', 'next')]);
    const box = (await keysOf(prefix)).find((key) => key.includes(':q:')) ?? '';
    const [partition, hash = ''] = box.split(':q:');
    await redis.zrem(`${partition}:queue`, hash);
    await redis.zadd(`${partition}:apart`, 1, hash);
    await redis.lset(box, 0, `- - ${maxLost + 3} 0`);

    expect(await takeOne(store, 3000)).toMatchObject({ event: { id: 'next' }, attempt: 1 });
    expect(await store.recall('U1')).toMatchObject({ dead: [{ id: 'lost often' }] });
    expect(await redis.exists(`${partition}:apart`)).toBe(0);
  });

  test('what a version before has queued in its stream is answered, once; what is in hand there when its lease is over', async () => {
    const prefix = newPrefix();
    const lines = { waits: '- 1', inHand: 'nonce 1' };
    for (const [owner, leased] of Object.entries(lines)) {
      const { partition, hash } = placeOf(owner, 16);
      const base = `${prefix}:{${partition}}`;
      const entry = await redis.xadd(`${base}:mail`, '*', 'o', hash);
      await redis.rpush(
        `${base}:q:${hash}`,
        `${entry} ${leased} 0`,
        JSON.stringify(text(owner, owner)),
      );
    }
    const leaseMs = 400;
    const stores = [await open({ prefix, leaseMs }), await open({ prefix, leaseMs })];
    const { partition, hash } = placeOf('inHand', 16);
    const ends = async () => Number(await redis.zscore(`${prefix}:{${partition}}:held`, hash));
    await expect.poll(ends).toBeGreaterThan(0);
    expect(await ends()).toBeLessThanOrEqual(Date.now() + leaseMs);
    const given: [string, number][] = [];
    for (let takes = 0; takes < 8; takes += 1)
      for (const store of stores)
        for (const job of await store.take({ max: 10, waitMs: 100 })) {
          given.push([job.owner, job.attempt]);
          expect(await store.commit(job, keep(null))).toBe(true);
        }
    expect(given).toEqual([
      ['waits', 2],
      ['inHand', 2],
    ]);
  });

  test('what a version before left in its stream queues nobody who waits for a retry here, and is gone afterwards', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
    await store.fail(await takeOne(store), { reason: 'x', retryInMs: 60_000 });
    const { partition, hash } = placeOf('U1', 16);
    const stream = `${prefix}:{${partition}}:mail`;
    await redis.xadd(stream, '*', 'o', hash);
    await redis.xadd(stream, '*', 'o', placeOf('U-gone', 16).hash);
    const other = await open({ prefix });
    await expect.poll(() => redis.xlen(stream), { timeout: 5000 }).toBe(0);
    expect(await other.take({ max: 5, waitMs: 300 })).toEqual([]);
    expect((await store.recall('U1')).waiting).toHaveLength(2);
  });

  test.each(['queue', 'held', 'later', 'apart'])(
    'an owner whose mail was given up while it stood in %s holds up nobody, and stands there no more',
    async (set) => {
      const prefix = newPrefix();
      const errors: unknown[] = [];
      const onError = (error: unknown) => void errors.push(error);
      const store = await open({ prefix, partitions: 1, leaseMs: 400, onError });
      await redis.zadd(`${prefix}:{0}:${set}`, 1, placeOf('U-gone', 1).hash);
      await store.accept([text('U1', 'e1')]);
      const job = await takeOne(store, 3000);
      expect(job).toMatchObject({ event: { id: 'e1' }, attempt: 1 });
      const stands = async () => {
        await store.renew([job]);
        expect(await store.take({ max: 5, waitMs: 0 })).toEqual([]);
        return redis.zscore(`${prefix}:{0}:${set}`, placeOf('U-gone', 1).hash);
      };
      await expect.poll(stands, { timeout: 5000 }).toBeNull();
      // A script that stops in the middle loses what it has leased before.
      expect(errors).toEqual([]);
    },
  );

  test('a partition with a long line keeps nobody of another waiting', async () => {
    const store = await open({ prefix: newPrefix(), partitions: 4 });
    const owners = Array.from({ length: 200 }, (_, i) => `U${i}`);
    const of = (at: number) => owners.filter((owner) => placeOf(owner, 4).partition === at);
    const other = of(3).slice(0, 1);
    await store.accept([...of(0), ...other].map((owner) => text(owner, `of ${owner}`)));
    const served = [(await takeOne(store)).owner, (await takeOne(store)).owner];
    expect(served).toContain(other[0]);
  });

  test('a timer whose words were given up holds back no other, and an owner with none has no key for them', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix, partitions: 1 });
    const dueMs = Date.now() + 1000;
    for (const owner of ['U1', 'U2', 'U3']) {
      await store.accept([text(owner, `of ${owner}`)]);
      const schedule = [{ id: 't', dueMs: owner === 'U1' ? dueMs - 1 : dueMs }];
      await store.commit(await takeOne(store), keep({ n: 1 }, { schedule }));
    }
    await redis.del(`${prefix}:{0}:t:${placeOf('U1', 1).hash}`);
    await store.accept([text('U3', 'no more')]);
    await store.commit(await takeOne(store), keep({ n: 1 }, { unschedule: ['t'] }));
    expect(await store.releaseDue(dueMs, 10)).toBe(1);
    expect(await takeOne(store)).toMatchObject({ owner: 'U2' });
    expect((await keysOf(prefix)).filter((key) => /:(?:due|t:.*)$/.test(key))).toEqual([]);
  });

  describe('a job that accept hands over to a waiting take of its own process', () => {
    test('is queued for nobody, and ends like any other', async () => {
      const prefix = newPrefix();
      const [store, other] = [await open({ prefix }), await open({ prefix })];
      const job = await handedOver(store, text('U1', 'e1'), text('U1', 'e2'));
      expect(job).toMatchObject({ event: { id: 'e1' }, state: null, attempt: 1 });
      expect((await keysOf(prefix)).filter((key) => key.endsWith(':queue'))).toEqual([]);
      expect(await other.take({ max: 10, waitMs: 300 })).toEqual([]);
      expect(await store.stats(someDay)).toMatchObject({ waiting: 2, leased: 1 });
      expect(await store.accept([text('U1', 'e1')])).toEqual({ accepted: 0, duplicates: 1 });
      expect(await store.commit(job, keep({ n: 1 }))).toBe(true);
      const next = await takeOne(other);
      expect(next).toMatchObject({ event: { id: 'e2' }, state: { n: 1 } });
      expect(await other.commit(next, keep(null))).toBe(true);
      expect(await store.stats(someDay)).toMatchObject({ waiting: 0, leased: 0 });
    });

    test('goes to another worker when its own dies, and the dead one can end it no more', async () => {
      const prefix = newPrefix();
      const [dying, store] = [
        await open({ prefix, leaseMs: 400 }),
        await open({ prefix, leaseMs: 400 }),
      ];
      const job = await handedOver(dying, text('U1', 'e1'));
      expect(await store.take({ max: 10, waitMs: 0 })).toEqual([]);
      await sleep(450);
      const again = await takeOne(store, 1000);
      expect(again).toMatchObject({ event: { id: 'e1' }, attempt: 2 });
      expect(await dying.commit(job, keep({ n: 1 }))).toBe(false);
      expect(await store.commit(again, keep({ n: 2 }))).toBe(true);
      expect((await store.recall('U1')).state).toEqual({ n: 2 });
    });

    test('keeps its lease by renewing it', async () => {
      const prefix = newPrefix();
      const [store, other] = [
        await open({ prefix, leaseMs: 600 }),
        await open({ prefix, leaseMs: 600 }),
      ];
      const job = await handedOver(store, text('U1', 'e1'));
      for (let i = 0; i < 4; i += 1) {
        await sleep(250);
        await store.renew([job]);
        expect(await other.take({ max: 10, waitMs: 0 })).toEqual([]);
      }
      expect(await store.commit(job, keep(null))).toBe(true);
    });

    test('is never left behind by a take that ends while it is being leased', async () => {
      const store = await open({ prefix: newPrefix() });
      const owners = Array.from({ length: 200 }, (_, i) => `U${i}`);
      const taken: string[] = [];
      for (const owner of owners) {
        const taking = store.take({ max: 10, waitMs: 6 });
        await sleep(Math.random() * 8);
        const accepting = store.accept([text(owner, `e-${owner}`)]);
        for (const job of await taking) {
          taken.push(job.owner);
          await store.commit(job, keep(null));
        }
        await accepting;
      }
      // What no take was waiting for is queued, and not held by this worker, which looks for mail no more.
      expect((await store.stats(someDay)).leased).toBe(0);
      const rest = await drain(store);
      expect(taken.length + rest.length).toBe(200);
    });

    test('needs no queue either while a worker goes from one take to the next', async () => {
      const prefix = newPrefix();
      const store = await open({ prefix });
      let queued = 0;
      const listener = redis.duplicate().on('message', () => (queued += 1));
      onTestFinished(() => listener.disconnect());
      await listener.subscribe(`${prefix}:wake`);
      const owners = Array.from({ length: 300 }, (_, i) => `U${i}`);
      const work = async () => {
        for (let done = 0; done < owners.length;) {
          const jobs = await store.take({ max: 400, waitMs: 1000 });
          done += jobs.length;
          for (const job of jobs) void store.commit(job, keep(null));
        }
      };
      const working = work();
      await sleep(50);
      for (const owner of owners) {
        void store.accept([text(owner, `e-${owner}`)]);
        if (Math.random() < 0.3) await sleep(Math.random());
      }
      await working;
      expect(queued).toBe(0);
    });

    test('goes to another worker, as never handed out, when its own takes no more', async () => {
      const prefix = newPrefix();
      const store = await open({ prefix });
      let others = 0;
      for (let i = 0; i < 12; i += 1) {
        const stopping = await createRedisStore({ url, prefix });
        const taking = stopping.take({ max: 10, waitMs: 3000 });
        await sleep(2);
        const ids = [`e${i}-1`, `e${i}-2`, `e${i}-3`];
        const accepting: Promise<unknown>[] = [];
        for (const id of ids) {
          accepting.push(stopping.accept([text(`U${id}`, id)]));
          // The answers of Redis come one after the other, and the first of them ends the take.
          await soon();
        }
        const jobs = await taking;
        await Promise.all(accepting);
        for (const job of jobs) await stopping.commit(job, keep(null));
        await stopping.close();
        while (jobs.length < ids.length) {
          const job = await takeOne(store, 100);
          others += 1;
          jobs.push(job);
          await store.commit(job, keep(null));
        }
        expect(jobs.map(({ event }) => event.id).toSorted()).toEqual(ids);
        expect(jobs.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
      }
      expect(others).toBeGreaterThan(0);
    });

    test('goes back when it came after the last take of a worker that stops', async () => {
      const prefix = newPrefix();
      const stopping = await createRedisStore({ url, prefix });
      const store = await open({ prefix });
      await store.take({ max: 1, waitMs: 0 });
      const job = await handedOver(stopping, text('U1', 'e1'));
      // Its look for mail goes on for a moment, and finds this.
      await store.accept([text('U2', 'e2')]);
      await sleep(20);
      await stopping.commit(job, keep(null));
      await stopping.close();
      expect(await takeOne(store, 1000)).toMatchObject({ event: { id: 'e2' }, attempt: 1 });
    });

    test('leaves nothing with a worker that looks for mail for a moment longer, and takes no more', async () => {
      const prefix = newPrefix();
      const [busy, store] = [await open({ prefix }), await open({ prefix })];
      await store.take({ max: 1, waitMs: 0 });
      const job = await handedOver(busy, text('U1', 'e1'));
      await store.accept([text('U2', 'e2')]);
      expect(await takeOne(store, 1500)).toMatchObject({ event: { id: 'e2' }, attempt: 1 });
      expect(await busy.commit(job, keep(null))).toBe(true);
    });

    test('leaves alone what another has taken over since the last look found it', async () => {
      const prefix = newPrefix();
      const [slow, store] = [
        await open({ prefix, leaseMs: 300 }),
        await open({ prefix, leaseMs: 300 }),
      ];
      await store.take({ max: 1, waitMs: 0 });
      await handedOver(slow, text('U1', 'e1'));
      await slow.accept([text('U2', 'e2')]);
      await sleep(400);
      const jobs = await store.take({ max: 10, waitMs: 1000 });
      expect(jobs.map(({ event }) => event.id).toSorted()).toEqual(['e1', 'e2']);
      expect(await slow.take({ max: 10, waitMs: 50 })).toEqual([]);
      for (const job of jobs) expect(await store.commit(job, keep(null))).toBe(true);
    });

    test('can fail, and be forgotten', async () => {
      const store = await open({ prefix: newPrefix() });
      const job = await handedOver(store, text('U1', 'e1'));
      expect(await store.fail(job, { reason: 'x', retryInMs: 0 })).toBe('retry');
      const again = await takeOne(store, 1000);
      expect(again).toMatchObject({ event: { id: 'e1' }, attempt: 2 });
      expect(await store.commit(again, keep({ n: 1 }))).toBe(true);
      const last = await handedOver(store, text('U1', 'e2'));
      await store.forget('U1');
      expect(await store.commit(last, keep({ n: 2 }))).toBe(false);
      expect(await store.recall('U1')).toMatchObject({ state: null, waiting: [] });
      expect(await store.stats(someDay)).toMatchObject({ waiting: 0, leased: 0 });
    });
  });

  test('takes of one each get one each, and whoever is beyond them stays in the queue', async () => {
    const prefix = newPrefix();
    const store = await open({ prefix });
    const owners = Array.from({ length: 40 }, (_, i) => `U${i}`);
    const taking = Array.from({ length: 5 }, () => store.take({ max: 1, waitMs: 2000 }));
    await store.accept(owners.map((owner) => text(owner, `e-${owner}`)));
    const taken = await Promise.all(taking);
    for (const jobs of taken) expect(jobs).toHaveLength(1);
    const all = taken.flat();
    // What a look that goes on has brought comes a moment later.
    for (let takes = 0; takes < 5 && all.length < 40; takes++)
      all.push(...(await store.take({ max: 100, waitMs: 500 })));
    expect(all.map(({ attempt }) => attempt)).toEqual(owners.map(() => 1));
    expect(new Set(all.map(({ owner }) => owner)).size).toBe(40);
  });
});

test('a conversation that rests takes no more than 600 bytes of Redis', async () => {
  const server = await startRedis();
  const client = new Redis(server.url);
  try {
    const used = async () => Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
    // What Redis takes once, whoever writes, is there after the first few.
    await addIdleUsers(server.url, 500);
    await client.flushall();
    const before = await used();
    await addIdleUsers(server.url, 20_000);
    expect(await client.dbsize()).toBeGreaterThanOrEqual(20_000);
    expect(((await used()) - before) / 20_000).toBeLessThan(600);
  } finally {
    client.disconnect();
    await server.stop();
  }
}, 60_000);

describe('a Redis that comes and goes', () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis({ appendonly: true, appendfsync: 'always' });
  });
  afterAll(() => server.stop());

  test('killed and started again: nothing accepted is lost, a running job can be ended', async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const prefix = newPrefix();
    const store = await open({ url: server.url, prefix, onError });
    await store.accept(Array.from({ length: 21 }, (_, i) => text(`U${i % 3}`, `e${i}`)));
    const job = await takeOne(store);

    await server.kill();
    await expect(store.accept([text('U1', 'no')])).rejects.toThrow(StoreUnavailable);
    await expect(store.commit(job, keep(null))).rejects.toThrow(StoreUnavailable);
    await expect(store.ping()).rejects.toThrow(StoreUnavailable);
    expect(await store.take({ max: 5, waitMs: 100 })).toEqual([]);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThan(5);

    await server.restart();
    await expect.poll(() => reaches(store), { timeout: 5000 }).toBe(true);
    expect(await store.commit(job, keep({ n: 1 }))).toBe(true);
    const rest = await drain(store);
    expect(new Set([job.event.id, ...rest]).size).toBe(21);
    expect(rest).not.toContain('no');
  });

  test('who listens for mail listens again when the connection breaks', async () => {
    const prefix = newPrefix();
    await open({ url: server.url, prefix });
    const admin = new Redis(server.url);
    onTestFinished(() => admin.disconnect());
    const listeners = async () => (await admin.pubsub('NUMSUB', `${prefix}:wake`))[1];
    await expect.poll(listeners).toBe(1);
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await expect.poll(listeners, { interval: 1 }).toBe(0);
    await expect.poll(listeners, { timeout: 5000 }).toBe(1);
  });

  test('take waits through an outage and serves as soon as it is over', async () => {
    const store = await open({ url: server.url, prefix: newPrefix() });
    await store.accept([text('U1', 'e1')]);
    await server.kill();
    const taking = store.take({ max: 1, waitMs: 10_000 });
    await sleep(50);
    await server.restart();
    expect(await taking).toMatchObject([{ event: { id: 'e1' } }]);
  });

  describe('after an outage, what another bot is about to commit is left to it', () => {
    const leaseMs = 1000;
    const openOne = (prefix: string) => open({ url: server.url, prefix, leaseMs });

    /** Two bots with a job each, and Redis away until the leases have run out. `holder` has said its answer. */
    async function outage() {
      const prefix = newPrefix();
      const [holder, store] = [await openOne(prefix), await openOne(prefix)];
      await holder.accept([text('U1', 'e1')]);
      const job = await takeOne(holder);
      await holder.accept([text('U2', 'e2')]);
      const own = await takeOne(store);
      await server.kill();
      const back = sleep(leaseMs + 100).then(() => server.restart());
      /** Whether the commit is still in time after the other has looked for what it can have. */
      const committedAfter = async (other: Store) => {
        await expect.poll(() => reaches(other), { timeout: 5000 }).toBe(true);
        await other.take({ max: 10, waitMs: 300 });
        return insist(() => holder.commit(job, keep(null)));
      };
      return { prefix, store, own, back, committedAfter };
    }

    test('by one that is started just then', async () => {
      const { prefix, back, committedAfter } = await outage();
      await back;
      expect(await committedAfter(await openOne(prefix))).toBe(true);
    });

    test('by one that insisted on a commit of its own all the while', async () => {
      const { store, own, back, committedAfter } = await outage();
      expect(await insist(() => store.commit(own, keep(null)))).toBe(true);
      await back;
      expect(await committedAfter(store)).toBe(true);
    });

    test('by one that asked nothing of Redis meanwhile', async () => {
      const { store, back, committedAfter } = await outage();
      await back;
      expect(await committedAfter(store)).toBe(true);
    });
  });

  test('all data lost: it begins again', async () => {
    const store = await open({ url: server.url, prefix: newPrefix() });
    await store.accept([text('U1', 'e1')]);
    const job = await takeOne(store);
    const admin = new Redis(server.url);
    await admin.flushall();
    await admin.script('FLUSH');
    admin.disconnect();
    expect(await store.commit(job, keep(null))).toBe(false);
    const taking = store.take({ max: 1, waitMs: 3000 });
    await sleep(20);
    await store.accept([text('U1', 'e2')]);
    expect(await taking).toMatchObject([{ event: { id: 'e2' }, attempt: 1 }]);
  });

  test('a Redis that hangs refuses within about a second', async () => {
    const store = await open({ url: server.url, prefix: newPrefix() });
    const admin = new Redis(server.url);
    await admin.client('PAUSE', 1500, 'ALL');
    // LINE waits two seconds for its answer.
    await expect(store.accept([text('U1', 'e1')])).rejects.toThrow(/1000 ms/);
    admin.disconnect();
  });

  test('a Redis that is full keeps nothing new, and has all that it kept answered once: then it is full no more', async () => {
    const prefix = newPrefix();
    const [slow, store] = [
      await open({ url: server.url, prefix }),
      await open({ url: server.url, prefix }),
    ];
    const body = { kind: 'text', messageId: 'm', text: 'あ'.repeat(3000) } as const;
    const events = Array.from({ length: 300 }, (_, i): Event => ({
      ...text(`U${i}`, `e${i}`),
      body,
    }));
    const slowly = await handedOver(slow, text('U-slow', 'slow'));
    await store.accept(events);
    const admin = new Redis(server.url);
    const used = Number(/^used_memory:(\d+)/m.exec(await admin.info('memory'))?.[1]);
    await admin.config('SET', 'maxmemory', used - 1_000_000);
    const late = [text('U1', 'late'), text('U-new', 'late')];
    for (const event of late) await expect(store.accept([event])).rejects.toThrow(StoreUnavailable);

    const failing = await takeOne(store);
    expect(await store.fail(failing, { reason: 'x', retryInMs: 0 })).toBe('retry');
    const given: string[] = [];
    while (given.length < events.length) {
      const jobs = await store.take({ max: 50, waitMs: 500 });
      for (const { event } of jobs) given.push(event.id);
      await slow.renew([slowly]);
      const ended = await Promise.all(jobs.map((job) => store.commit(job, keep({ n: 1 }))));
      expect(ended).not.toContain(false);
    }
    expect(await slow.commit(slowly, keep({ n: 1 }))).toBe(true);
    expect(given.toSorted()).toEqual(events.map(({ id }) => id).toSorted());

    expect(await store.accept(late)).toEqual({ accepted: 2, duplicates: 0 });
    await admin.config('SET', 'maxmemory', '0');
    admin.disconnect();
    expect(await drain(store)).toEqual(['late', 'late']);
  });

  test('a Redis that is full still gives what a dead worker held to another, however many knock meanwhile', async () => {
    const prefix = newPrefix();
    const openOne = () => open({ url: server.url, prefix, leaseMs: 500 });
    const [dead, store] = [await openOne(), await openOne()];
    await handedOver(dead, text('U1', 'e1'));
    const admin = new Redis(server.url);
    await admin.config('SET', 'maxmemory', '100kb');
    let over = false;
    const knocking = (async () => {
      while (!over) {
        await expect(store.accept([text('U2', 'late')])).rejects.toThrow(StoreUnavailable);
        await sleep(50);
      }
    })();
    expect(await store.take({ max: 1, waitMs: 5000 })).toMatchObject([
      { event: { id: 'e1' }, attempt: 2 },
    ]);
    over = true;
    await knocking;
    await admin.config('SET', 'maxmemory', '0');
    admin.disconnect();
  });
});

test('a Redis that may throw away what it keeps is used, and the operator told of it at the start', async () => {
  const server = await startRedis();
  onTestFinished(server.stop);
  const admin = new Redis(server.url);
  onTestFinished(() => admin.disconnect());
  const toldAtStart = async () => {
    const told: string[] = [];
    const onError = (error: unknown) => void told.push(String(error));
    await (await createRedisStore({ url: server.url, onError })).close();
    return told;
  };
  await admin.config('SET', 'maxmemory-policy', 'volatile-lru');
  expect(await toldAtStart(), 'it is never full').toEqual([]);
  await admin.config('SET', 'maxmemory', '100mb');
  expect(await toldAtStart()).toEqual([expect.stringMatching(/volatile-lru.*noeviction に/)]);
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
  expect(await toldAtStart()).toEqual([]);
});

const attempt = (address: string) => createRedisStore({ url: address });

describe('a Redis that cannot be used is explained at the start', () => {
  test('nobody there', async () => {
    const port = await freePort();
    await expect(attempt(`redis://127.0.0.1:${port}`)).rejects.toThrow(ConfigError);
    await expect(attempt(`redis://127.0.0.1:${port}`)).rejects.toThrow(/接続できません/);
  });

  test('a wrong password', async () => {
    const server = await startRedis({ password: 'right' });
    onTestFinished(server.stop);
    const address = `127.0.0.1:${server.port}`;
    await expect(attempt(`redis://:wrong@${address}`)).rejects.toThrow(/パスワード/);
    await expect(attempt(`redis://${address}`)).rejects.toThrow(/パスワード/);
    await (await attempt(`redis://:right@${address}`)).close();
  });

  test('too old', async () => {
    const info = '# Server\r\nredis_version:6.2.14\r\n';
    const old = createServer((socket) => {
      socket.on('data', () => socket.write(`$${info.length}\r\n${info}\r\n`));
      socket.on('error', () => {});
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => old.once('listening', resolve));
    const { port } = old.address() as AddressInfo;
    await expect(attempt(`redis://127.0.0.1:${port}`)).rejects.toThrow(/6\.2\.14.*Redis 7/);
    old.close();
  });

  test('not an address of Redis', async () => {
    await expect(attempt('http://127.0.0.1')).rejects.toThrow(/redis:\/\//);
  });
});
