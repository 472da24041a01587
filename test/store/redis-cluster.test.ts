import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import type { Event } from '../../src/dialog/event.ts';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { queueKeysOf, placeOf } from '../../src/store/owner-key.ts';
import { checkRedis, closeClient, createClient } from '../../src/store/redis-connect.ts';
import { createRedisStore } from '../../src/store/redis.ts';
import { freePort, startRedisCluster } from '../support/redis.ts';
import type { TestCluster, TestRedis } from '../support/redis.ts';
import { drain, keep, someDay, storeContract, takeOne, text } from './contract.ts';

let cluster: TestCluster;
let counter = 0;

/** Moves the slot of partition 0 to another master, in the steps of redis-cli's `reshard`. */
async function movePartition0(nodes: readonly TestRedis[]) {
  const clients = nodes.map(({ url }) => new Redis(url));
  const slot = (await clients[0]?.cluster('KEYSLOT', '{0}')) ?? 0;
  const sizes = await Promise.all(clients.map((one) => one.cluster('COUNTKEYSINSLOT', slot)));
  const from = sizes.findIndex((size) => size > 0);
  const to = from === 0 ? 1 : 0;
  const [source, target] = [clients[from], clients[to]];
  if (!source || !target) throw new Error('Partition 0 must have keys.');
  const [sourceId, targetId] = [await source.cluster('MYID'), await target.cluster('MYID')];
  await target.cluster('SETSLOT', slot, 'IMPORTING', sourceId);
  await source.cluster('SETSLOT', slot, 'MIGRATING', targetId);
  const carry = async (keys: readonly string[]) => {
    if (keys.length === 0) return;
    const port = nodes[to]?.port ?? 0;
    await source.call('MIGRATE', '127.0.0.1', port, '', 0, 5000, 'KEYS', ...keys);
  };
  return {
    keys: () => source.cluster('GETKEYSINSLOT', slot, 1000),
    carry,
    async end() {
      await carry(await source.cluster('GETKEYSINSLOT', slot, 1000));
      for (const one of [target, source]) await one.cluster('SETSLOT', slot, 'NODE', targetId);
      for (const one of clients) one.disconnect();
    },
  };
}

const ownersOfPartition0 = Array.from({ length: 500 }, (_, i) => `U${i}`).filter(
  (owner) => placeOf(owner, 16).partition === 0,
);

beforeAll(async () => {
  cluster = await startRedisCluster();
}, 30_000);
afterAll(() => cluster.stop());

describe('the Redis store on a cluster of three masters', () => {
  storeContract(async () => {
    const prefix = `p${counter++}`;
    return (options) => createRedisStore({ url: cluster.url, prefix, ...options });
  });

  test('the wrong kind of address is explained', async () => {
    const single = inject('redisUrl').replace('redis://', 'redis+cluster://');
    await expect(createRedisStore({ url: single })).rejects.toThrow(/クラスターではありません/);
    const node = cluster.nodes[0]?.url ?? '';
    await expect(createRedisStore({ url: node })).rejects.toThrow(/redis\+cluster:\/\//);
    const nobody = `redis+cluster://127.0.0.1:${await freePort()}`;
    await expect(createRedisStore({ url: nobody })).rejects.toThrow(/接続できません/);
  });

  test('any master that may throw away what it keeps is told of at the start', async () => {
    const admin = new Redis(cluster.nodes[2]?.url ?? '');
    await admin.config('SET', 'maxmemory', '100mb');
    await admin.config('SET', 'maxmemory-policy', 'allkeys-random');
    const told: string[] = [];
    const onError = (error: unknown) => void told.push(String(error));
    const store = await createRedisStore({ url: cluster.url, onError });
    await store.close();
    await admin.config('SET', 'maxmemory', '0');
    admin.disconnect();
    expect(told).toEqual([expect.stringMatching(/allkeys-random.*noeviction に/)]);
  });

  test('while a master is away its owners are refused; afterwards everybody is served', async () => {
    const store = await createRedisStore({ url: cluster.url, prefix: 'away' });
    const events = Array.from({ length: 60 }, (_, i) => text(`U${i}`, `e${i}`));
    await cluster.nodes[1]?.kill();
    await expect(store.accept(events)).rejects.toThrow(StoreUnavailable);
    await expect(store.ping()).rejects.toThrow(StoreUnavailable);
    await cluster.nodes[1]?.restart();
    const tryAgain = () =>
      store.accept(events).then(
        () => true,
        () => false,
      );
    await expect.poll(tryAgain, { timeout: 20_000, interval: 100 }).toBe(true);
    expect(await store.accept(events)).toEqual({ accepted: 0, duplicates: 60 });
    const owners = new Set<string>();
    const takeAll = async () => {
      for (const job of await store.take({ max: 60, waitMs: 100 })) {
        owners.add(job.owner);
        await store.commit(job, { state: null, ttlMs: 1000 });
      }
      return owners.size;
    };
    await expect.poll(takeAll, { timeout: 20_000 }).toBe(60);
    await store.close();
  }, 60_000);

  test('a start while a master has just gone leaves alone what others may be about to commit', async () => {
    const patient = await startRedisCluster({ nodeTimeoutMs: 30_000 });
    onTestFinished(() => patient.stop());
    await patient.nodes[1]?.kill();
    const client = createClient(patient.url);
    onTestFinished(() => closeClient(client));
    client.on('error', () => {});
    expect(await checkRedis(client, { keys: queueKeysOf() })).toEqual({ upMs: 0 });
  }, 30_000);

  test('while a master is silent those who live elsewhere are served; afterwards everybody, once', async () => {
    const patient = await startRedisCluster({ nodeTimeoutMs: 30_000 });
    const store = await createRedisStore({ url: patient.url });
    const schedule = [{ id: 't', dueMs: someDay }];
    const answered: string[] = [];
    let working = true;
    const work = async () => {
      while (working)
        for (const job of await store.take({ max: 50, waitMs: 200 }))
          void store.commit(job, { state: null, ttlMs: 1000, schedule }).then(
            (done) => done && answered.push(job.event.id),
            () => {},
          );
    };
    const worker = work();
    try {
      const wave = async (n: number) => {
        const events = Array.from({ length: 60 }, (_, i) => text(`U${i}`, `${n}-${i}`));
        const kept = await Promise.allSettled(events.map((event) => store.accept([event])));
        const refused = events.filter((_, i) => kept[i]?.status === 'rejected');
        const accepted = events.filter((event) => !refused.includes(event)).map(({ id }) => id);
        return { accepted, refused };
      };
      const first = await wave(1);
      expect(first.refused).toEqual([]);
      await expect.poll(() => answered.length, { timeout: 10_000 }).toBe(60);
      patient.nodes[1]?.pause();
      const refused: Event[] = [];
      for (let n = 2; n < 6; n++) {
        const { accepted, refused: others } = await wave(n);
        expect(accepted.length).toBeGreaterThan(20);
        expect(others.length).toBeGreaterThan(5);
        refused.push(...others);
        await expect
          .poll(() => accepted.filter((id) => !answered.includes(id)), { timeout: 2000 })
          .toEqual([]);
      }
      // All timers but those of the silent node.
      const before = answered.length;
      const released = await store.releaseDue(someDay, 1000);
      expect(released).toBeGreaterThan(20);
      await expect.poll(() => answered.length - before, { timeout: 2000 }).toBe(released);
      patient.nodes[1]?.resume();
      const tryAgain = () =>
        store.accept(refused).then(
          () => true,
          () => false,
        );
      await expect.poll(tryAgain, { timeout: 20_000, interval: 100 }).toBe(true);
      const messages = () => answered.filter((id) => !id.startsWith('reminder'));
      await expect.poll(() => messages().length, { timeout: 20_000 }).toBe(300);
      expect(new Set(messages()).size).toBe(300);
    } finally {
      working = false;
      await worker;
      await store.close();
      await patient.stop();
    }
  }, 90_000);

  test('while a partition moves to another master it is refused whole; afterwards nothing is lost or doubled', async () => {
    const store = await createRedisStore({ url: cluster.url, prefix: 'moves' });
    const [busy = '', idle = '', fresh = '', full = ''] = ownersOfPartition0;
    await store.accept([text(idle, 'i1')]);
    await store.commit(await takeOne(store), keep({ n: 1 }));
    await store.accept([text(busy, 'b1'), text(busy, 'b2')]);
    const job = await takeOne(store);
    await store.accept([text(full, 'f1')]);

    const move = await movePartition0(cluster.nodes);
    const late = [text(fresh, 'n1'), text(idle, 'i2'), text(full, 'f2'), text(busy, 'b3')];
    const nothingGoes = async () => {
      const tries = [
        ...late.map((event) => store.accept([event])),
        store.commit(job, keep({ n: 2 })),
        store.recall(idle),
      ];
      for (const result of await Promise.allSettled(tries))
        expect(result).toMatchObject({ reason: expect.any(StoreUnavailable) });
      expect(await store.take({ max: 10, waitMs: 0 })).toEqual([]);
    };
    await nothingGoes();
    // Redis looks for the keys that a script names, and would now run it on the other node, without the rest.
    await move.carry((await move.keys()).filter((key) => key.endsWith(':queue')));
    await nothingGoes();
    await move.end();

    expect(await store.accept(late)).toEqual({ accepted: 4, duplicates: 0 });
    expect((await store.recall(idle)).state).toEqual({ n: 1 });
    expect(await store.commit(job, keep({ n: 2 }))).toBe(true);
    const answered: string[] = [];
    // A look that began meanwhile is not over yet.
    const answerAll = async () => answered.push(...(await drain(store)));
    await expect.poll(answerAll, { timeout: 10_000 }).toBe(6);
    expect(answered.toSorted()).toEqual(['b2', 'b3', 'f1', 'f2', 'i2', 'n1']);
    await store.close();
  }, 60_000);
});
