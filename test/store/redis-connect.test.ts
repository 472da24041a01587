import { expect, test } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { checkRedis, createClient } from '../../src/store/redis-connect.ts';

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
  const checked = checkRedis(client, 500);
  await expect(checked).rejects.toThrow(ConfigError);
  await expect(checked).rejects.toThrow(/Sentinel.*マスターの名前/);
  await ended;
});
