import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import express from 'express';
import request from 'supertest';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createStats } from '../../src/stats/stats.ts';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { createSqliteStore } from '../../src/store/sqlite.ts';
import { createApp } from '../../src/webhook/app.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';

const store = createSqliteStore({ path: ':memory:' });

function app(options: { token?: string; open?: boolean } = {}) {
  const { token, open = false } = options;
  const stats = createStats({
    store,
    content: () => bundle().content,
    clock: () => TEST_DAY_MS,
    token,
    open,
  });
  return express().use(stats);
}

beforeAll(async () => {
  await store.count('2026-11-21', { 'opened:not-delivered': 9, 'solved:not-delivered': 4 });
  await store.count('2026-11-15', { 'opened:return-refund': 3, 'unsolved:return-refund': 2 });
  await store.count('2026-11-01', { 'opened:unknown-charge': 7 });
  await store.count('2026-11-21', { 'asked:solved.ask': 5, 'unmatched:kana:10': 2 });
});

afterAll(() => store.close());

describe('/stats', () => {
  test('shows the last seven days to whoever has the token', async () => {
    const page = await request(app({ token: 'secret' }))
      .get('/stats')
      .auth('operator', 'secret');
    expect(page.status).toBe(200);
    expect(page.text).toContain('荷物が届かない');
    expect(page.text).toContain('返品・返金');
    expect(page.text).toContain('かなが多い・10文字まで');
    expect(page.text).not.toMatch(/<th>知らない請求<\/th>/);
  });

  test('shows thirty days on request', async () => {
    const page = await request(app({ open: true })).get('/stats?days=30');
    expect(page.text).toMatch(/<th>知らない請求<\/th>/);
  });

  test('shows a name that it does not know as words, whatever it is made of', async () => {
    const names = { 'opened:<b>"&': 1, 'unmatched:<i>:<u>': 1 };
    const stats = createStats({
      store: { counts: async () => [names] },
      content: () => bundle().content,
      clock: () => TEST_DAY_MS,
      token: undefined,
      open: true,
    });
    const page = await request(express().use(stats)).get('/stats');
    expect(page.text).toContain('<th>&lt;b&gt;&quot;&amp;</th>');
    expect(page.text).toContain('&lt;i&gt;・&lt;u&gt;');
    expect(page.text).not.toMatch(/<[biu]>/);
  });

  test.each([
    ['no token', undefined],
    ['a wrong token', 'wrong'],
  ])('asks for the password and shows nothing with %s', async (_what, password) => {
    const asked = request(app({ token: 'secret' })).get('/stats');
    const page = await (password === undefined ? asked : asked.auth('operator', password));
    expect(page.status).toBe(401);
    expect(page.headers['www-authenticate']).toContain('Basic');
    expect(page.text).not.toContain('荷物');
  });

  test('says so while the store is away, and takes it for no bug', async () => {
    const logged: string[] = [];
    const away = createStats({
      store: { counts: () => Promise.reject(new StoreUnavailable('away')) },
      content: () => bundle().content,
      clock: () => TEST_DAY_MS,
      token: undefined,
      open: true,
    });
    const whole = createApp({
      channelSecrets: ['secret'],
      store,
      metrics: createMetrics(),
      log: createLog({ level: 'info', destination: { write: (line) => void logged.push(line) } }),
      redact: (text) => ({ text, found: [] }),
      routers: [away],
    });
    const page = await request(whole).get('/stats');
    expect(page.status).toBe(503);
    expect(page.text).toContain('保存先');
    expect(logged).toEqual([]);
  });

  test('is closed in production while no token is set', async () => {
    const page = await request(app()).get('/stats');
    expect(page.status).toBe(403);
    expect(page.text).toContain('METRICS_TOKEN');
  });
});
