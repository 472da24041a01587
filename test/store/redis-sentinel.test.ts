import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRedisStore } from '../../src/store/redis.ts';
import { type TestRedis, startRedis } from '../support/redis.ts';
import { drain, keep, takeOne, text } from './contract.ts';

describe('the Redis store behind Sentinel', () => {
  let servers: TestRedis[] = [];
  let url = '';

  beforeAll(async () => {
    const master = await startRedis({ appendonly: true });
    const replica = await startRedis({ appendonly: true, replicaOf: master.port });
    const sentinel = await startRedis({
      sentinel: [
        `sentinel monitor house 127.0.0.1 ${master.port} 1`,
        'sentinel down-after-milliseconds house 500',
        'sentinel failover-timeout house 3000',
      ],
    });
    servers = [master, replica, sentinel];
    url = `redis+sentinel://127.0.0.1:${sentinel.port}/house`;
    const look = new Redis(sentinel.url);
    look.on('error', () => {});
    while (((await look.call('SENTINEL', 'REPLICAS', 'house')) as unknown[]).length === 0)
      await sleep(100);
    look.disconnect();
  }, 30_000);
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  test('the master dies: its replica takes over with all that it had been sent, and the bot goes on', async () => {
    const store = await createRedisStore({ url, worker: 'w', onError: () => {} });
    await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
    await store.commit(await takeOne(store, 1000), keep({ n: 1 }));
    const replica = new Redis(servers[1]?.url ?? '');
    await expect.poll(() => replica.dbsize(), { timeout: 10_000 }).toBeGreaterThan(1);
    const behind = async () => /master_sync_in_progress:1/.test(await replica.info('replication'));
    await expect.poll(behind, { timeout: 10_000 }).toBe(false);
    replica.disconnect();
    await servers[0]?.kill();
    const accepts = () =>
      store.accept([text('U1', 'e3')]).then(
        () => true,
        () => false,
      );
    await expect.poll(accepts, { timeout: 30_000, interval: 200 }).toBe(true);
    const next = await takeOne(store, 5000);
    expect(next).toMatchObject({ event: { id: 'e2' }, state: { n: 1 } });
    await store.commit(next, keep(null));
    expect(await drain(store)).toEqual(['e3']);
    await store.close();
  }, 60_000);
});
