import { Router } from 'express';
import supertest from 'supertest';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { createSqliteStore } from '../../src/store/sqlite.ts';
import { type AppOptions, createApp } from '../../src/webhook/app.ts';

let store: Awaited<ReturnType<typeof createSqliteStore>>;

beforeEach(async () => {
  store = await createSqliteStore({ path: ':memory:' });
});
afterEach(() => store.close());

function app(options: Partial<AppOptions> = {}) {
  return supertest(
    createApp({
      channelSecrets: ['secret'],
      store,
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
      redact: (text) => ({ text, found: [] }),
      ...options,
    }),
  );
}

it('is alive, and ready while the store can be reached', async () => {
  expect((await app().get('/healthz')).status).toBe(200);
  expect((await app().get('/readyz')).status).toBe(200);
  await store.close();
  expect((await app().get('/healthz')).status).toBe(200);
  expect((await app().get('/readyz')).status).toBe(503);
  store = await createSqliteStore({ path: ':memory:' });
});

it('shows metrics, the store’s included', async () => {
  await store.accept([
    {
      id: 'event-1',
      owner: `U1${'0'.repeat(31)}`,
      timestampMs: 1,
      receivedMs: 1,
      body: { kind: 'follow', returning: false },
    },
  ]);
  const response = await app().get('/metrics');
  expect(response.headers['content-type']).toMatch(/^text\/plain/);
  expect(response.text).toMatch(/^madoguchi_store_waiting 1$/m);
  expect(response.text).toMatch(/^madoguchi_store_up 1$/m);
});

it('shows metrics without the store too', async () => {
  await store.close();
  const response = await app().get('/metrics');
  expect(response.status).toBe(200);
  expect(response.text).toMatch(/^madoguchi_store_up 0$/m);
  store = await createSqliteStore({ path: ':memory:' });
});

it('shows metrics to those with the token only, when there is one', async () => {
  const guarded = app({ metricsToken: 'open-sesame' });
  expect((await guarded.get('/metrics')).status).toBe(401);
  const wrong = await guarded.get('/metrics').set('Authorization', 'Bearer open-sesam');
  expect(wrong.status).toBe(401);
  expect(wrong.headers['www-authenticate']).toBe('Bearer');
  for (const near of ['Bearer open-sesame!', 'open-sesame', 'Digest open-sesame', 'Bearer'])
    expect(await guarded.get('/metrics').set('Authorization', near)).toMatchObject({ status: 401 });
  const right = await guarded.get('/metrics').set('Authorization', 'Bearer open-sesame');
  expect(right.status).toBe(200);
});

it('answers whatever it does not have in two words, and does not say what it is made of', async () => {
  const response = await app().get('/admin/<script>');
  expect(response.status).toBe(404);
  expect(response.text).toBe('Not Found');
  expect(response.headers).not.toHaveProperty('x-powered-by');
  expect(response.headers['x-content-type-options']).toBe('nosniff');
});

it('says of a route whose store is away that it is, and takes it for no bug', async () => {
  const lines: string[] = [];
  const log = createLog({
    level: 'trace',
    destination: { write: (line) => void lines.push(line) },
  });
  const extra = Router();
  extra.get('/away', () => {
    throw new StoreUnavailable('away');
  });
  extra.get('/broken', () => {
    throw Object.assign(new Error('the secret plan'), { status: 200 });
  });
  const bot = app({ routers: [extra], log });
  expect(await bot.get('/away')).toMatchObject({
    status: 503,
    text: expect.stringContaining('保存先'),
  });
  expect(lines).toEqual([]);
  expect((await bot.get('/broken')).status).toBe(500);
  expect(lines).toHaveLength(1);
});

it('has room for more routes, and shows no stack when one of them breaks', async () => {
  const extra = Router();
  extra.get('/try', (_req, res) => void res.send('hello'));
  extra.get('/broken', () => {
    throw new Error('the secret plan');
  });
  extra.get('/late', (_req, res) => {
    res.write('half');
    throw new Error('the secret plan');
  });
  const bot = app({ routers: [extra] });
  expect((await bot.get('/try')).text).toBe('hello');
  const response = await bot.get('/broken');
  expect(response.status).toBe(500);
  expect(response.text).toBe('Internal Server Error');
  await expect(bot.get('/late')).rejects.toThrow('aborted');
});
