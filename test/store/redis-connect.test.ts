import { type AddressInfo, createServer } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { checkRedis, closeClient, createClient } from '../../src/store/redis-connect.ts';

test.each([
  'redis://:ab/cd+ef=@127.0.0.1:6379',
  'redis+sentinel://127.0.0.1:26379',
  'redis+cluster://127.0.0.1:99999',
  'rediss+cluster://one,,two',
])('%s is a mistake of the settings that is explained', (url) => {
  expect(() => createClient(url)).toThrow(ConfigError);
  expect(() => createClient(url)).toThrow(/REDIS_URL.*%2F/);
});

test('a port that is usual for the web is taken for what it is', () => {
  const client = createClient('redis+sentinel://127.0.0.1:80,other/house');
  expect(client.options).toMatchObject({
    sentinels: [
      { host: '127.0.0.1', port: 80 },
      { host: 'other', port: 26_379 },
    ],
  });
});

test('sentinels that nobody answers for are waited for, but not for ever', async () => {
  const client = createClient('redis+sentinel://127.0.0.1:1/house');
  client.on('error', () => undefined);
  const ended = new Promise((resolve) => client.once('end', resolve));
  const checked = checkRedis(client, { withinMs: 500 });
  await expect(checked).rejects.toThrow(ConfigError);
  await expect(checked).rejects.toThrow(/Sentinel.*マスターの名前/);
  await ended;
});

test('a Redis that loads its data is used soon after it has, though it thought that it would take long', async () => {
  const loadedAt = performance.now() + 500;
  const info = () => {
    const loading = performance.now() < loadedAt;
    const more = loading ? 'loading:1\r\nloading_eta_seconds:25\r\n' : 'loading:0\r\n';
    return `redis_version:7.0.15\r\nredis_mode:standalone\r\n${more}`;
  };
  const redis = createServer((socket) => {
    socket.on('data', () => socket.write(`$${info().length}\r\n${info()}\r\n`));
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void redis.close());
  await once(redis, 'listening');
  const client = createClient(`redis://127.0.0.1:${(redis.address() as AddressInfo).port}`);
  onTestFinished(() => closeClient(client));
  await checkRedis(client);
  expect(performance.now() - loadedAt).toBeLessThan(1000);
}, 15_000);
