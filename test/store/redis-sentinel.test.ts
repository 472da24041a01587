import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRedisStore } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { type TestRedis, startRedis } from '../support/redis.ts';
import { drain, keep, takeOne, text } from './contract.ts';

const offset = async (server: Redis) =>
  /(?:slave|master)_repl_offset:(\d+)/.exec(await server.info('replication'))?.[1];

const accepts = (store: Store, id: string) =>
  expect
    .poll(
      () =>
        store.accept([text('U1', id)]).then(
          () => true,
          () => false,
        ),
      { timeout: 30_000, interval: 200 },
    )
    .toBe(true);

describe('the Redis store behind Sentinel', () => {
  let servers: TestRedis[] = [];
  let sentinel: Redis;
  let url = '';

  beforeAll(async () => {
    const one = await startRedis({ appendonly: true });
    const other = await startRedis({ appendonly: true, replicaOf: one.port });
    const watcher = await startRedis({
      sentinel: [
        `sentinel monitor house 127.0.0.1 ${one.port} 1`,
        'sentinel down-after-milliseconds house 500',
        'sentinel failover-timeout house 2000',
      ],
    });
    servers = [one, other, watcher];
    url = `redis+sentinel://127.0.0.1:${watcher.port}/house`;
    sentinel = new Redis(watcher.url);
    sentinel.on('error', () => {});
    while (((await sentinel.call('SENTINEL', 'REPLICAS', 'house')) as unknown[]).length === 0)
      await sleep(100);
  }, 30_000);
  afterAll(async () => {
    sentinel.disconnect();
    await Promise.all(servers.map((server) => server.stop()));
  });

  const open = () => createRedisStore({ url, onError: () => {} });

  async function masterNow(): Promise<TestRedis | undefined> {
    const found = await sentinel.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'house');
    const port = Number((found as string[])[1]);
    return servers.find((server) => server.port === port);
  }

  const handsOver = () =>
    sentinel.call('SENTINEL', 'FAILOVER', 'house').then(
      () => true,
      () => false,
    );

  /** Until the other server has all that the master has. */
  async function copied(master: TestRedis | undefined): Promise<void> {
    const replica = new Redis(servers.find((server) => server !== master)?.url ?? '');
    const state = () => replica.info('replication');
    await expect.poll(state, { timeout: 30_000 }).toMatch(/master_link_status:up/);
    const source = new Redis(master?.url ?? '');
    const same = async () => (await offset(replica)) === (await offset(source));
    await expect.poll(same, { timeout: 30_000 }).toBe(true);
    replica.disconnect();
    source.disconnect();
  }

  test('the master hands over and lives on as a replica: the bot goes on with the new one', async () => {
    const store = await open();
    await store.accept([text('U1', 'e1')]);
    const old = await masterNow();
    await copied(old);
    await expect.poll(handsOver, { timeout: 30_000, interval: 500 }).toBe(true);
    await expect.poll(masterNow, { timeout: 30_000, interval: 100 }).not.toBe(old);
    // The old master would take them, too, and lose them when it becomes a replica.
    const fresh = new Redis((await masterNow())?.url ?? '');
    let tries = 0;
    const landed = async () => {
      const owner = `U-try${(tries += 1)}`;
      await store.accept([text(owner, owner)]).catch(() => {});
      return (await fresh.keys('*:q:*')).length > 1;
    };
    await expect.poll(landed, { timeout: 5000, interval: 200 }).toBe(true);
    fresh.disconnect();
    expect(await drain(store)).toContain('e1');
    await store.close();
  }, 120_000);

  // Several clients, since each may be at another point of its way back when the news of the failover arrives.
  test('the master dies: its replica takes over with all that it had been sent, and every bot goes on', async () => {
    const [store, ...others] = [await open(), await open(), await open()];
    await store.accept([text('U1', 'd1'), text('U1', 'd2')]);
    await store.commit(await takeOne(store, 1000), keep({ n: 1 }));
    const master = await masterNow();
    await copied(master);
    await master?.kill();
    await accepts(store, 'd3');
    const next = await takeOne(store, 5000);
    expect(next).toMatchObject({ event: { id: 'd2' }, state: { n: 1 } });
    await store.commit(next, keep(null));
    expect(await drain(store)).toEqual(['d3']);
    for (const other of others) await accepts(other, 'd3');
    for (const each of [store, ...others]) await each.close();
  }, 120_000);
});
