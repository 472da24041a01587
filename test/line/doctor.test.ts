import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AddressInfo, createServer } from 'node:net';
import express from 'express';
import { Redis } from 'ioredis';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
  vi,
} from 'vitest';
import { loadRichMenu } from '../../src/content/load-rich-menu.ts';
import { lookAtAccount, lookAtQuota, lookAtWebhook } from '../../src/line/doctor/account.ts';
import { lookAtMenu } from '../../src/line/doctor/menu.ts';
import { lookAtNode } from '../../src/line/doctor/settings.ts';
import { lookAtSqlite } from '../../src/line/doctor/sqlite.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { rightsNeeded } from '../../src/store/redis-outage.ts';
import { openStore } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite-open.ts';
import { createWebhook } from '../../src/webhook/webhook.ts';
import { type TestRedis, startRedis, startRedisCluster } from '../support/redis.ts';
import { type Operator, openOperator } from './operator.ts';

const project = join(import.meta.dirname, '../..');
const PASSWORD = 'a-password-of-redis';

let operator: Operator;
let folder: string;

beforeEach(async () => {
  operator = await openOperator(project);
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-doctor-'));
  operator.env['SQLITE_PATH'] = join(folder, 'madoguchi.sqlite');
});

afterEach(async () => {
  await operator.close();
  rmSync(folder, { recursive: true, force: true });
});

type Line = { id: string; state: string; says: string; remedy?: string };

/** The doctor's report as scripts read it. */
async function report(more?: Parameters<Operator['run']>[1]) {
  const { exitCode, text } = await operator.run(['doctor', '--json'], more);
  const { findings, ...rest } = JSON.parse(text) as { exitCode: number; findings: Line[] };
  expect(rest.exitCode).toBe(exitCode);
  const find = (id: string) => findings.find((one) => one.id === id);
  return { exitCode, findings, find };
}

/** The part of the bot that LINE reaches: the real webhook on a real store. */
async function openBot(redisUrl: string, channelSecret: string) {
  const store = await openStore({ redisUrl, sqlitePath: '' });
  const webhook = createWebhook({
    channelSecrets: [channelSecret],
    store,
    redact: (text) => ({ text, found: [] }),
    log: createLog({ level: 'silent' }),
    metrics: createMetrics(),
    clock: Date.now,
  });
  const server = express().use(webhook).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await store.close();
    },
  };
}

/** LINE as the doctor asks it: not to be reached, with this answer, and asked too often. */
const away = async () => ({ kind: 'unavailable', ambiguous: true, cause: 'reset' }) as const;
const answers =
  <T>(value: T) =>
  async () =>
    ({ kind: 'ok', value }) as const;
const tooOften = async () => ({ kind: 'rateLimited' }) as const;

/** Answers INFO with this, and all else with an empty list. */
async function reportOf(more: Record<string, string | number>) {
  const lines = Object.entries({
    redis_version: '7.2.4',
    maxmemory_policy: 'noeviction',
    aof_enabled: 1,
    aof_last_write_status: 'ok',
    ...more,
  }).map(([name, value]) => `${name}:${value}\r\n`);
  const info = lines.join('');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const [, name = ''] of data.toString().matchAll(/^\*\d+\r\n\$\d+\r\n(\w+)/gm))
        socket.write(/info/i.test(name) ? `$${info.length}\r\n${info}\r\n` : '*0\r\n');
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  operator.env['REDIS_URL'] = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return report();
}

describe('npm run line -- doctor', () => {
  it('finds nothing wrong with a bot that is live', async () => {
    const redis = await startRedis({ appendonly: true });
    operator.env['REDIS_URL'] = redis.url;
    const bot = await openBot(redis.url, operator.env['LINE_CHANNEL_SECRET'] ?? '');
    operator.line.setWebhookUrl(bot.url);
    await operator.run(['menu']);
    operator.line.clearLogs();
    const { exitCode, findings } = await report();
    await bot.close();
    await redis.stop();
    expect(exitCode).toBe(0);
    const open = findings.filter(({ state }) => state !== 'ok').map(({ id }) => id);
    // The address of a LINE on this machine, and what no call can tell.
    expect(open).toEqual(['settings', 'redelivery', 'greeting']);
    expect(findings.filter(({ state }) => state === 'ok').map(({ id }) => id)).toEqual([
      'node',
      'store',
      'store-persistence',
      'store-memory',
      'token',
      'chat',
      'clock',
      'webhook',
      'webhook-test',
      'quota',
      'rich-menu',
    ]);
    const changes = operator.asked().filter((call) => !call.startsWith('GET '));
    expect(changes).toEqual(['POST /v2/bot/channel/webhook/test']);
  });

  it('says it in Japanese, with what to do and a sum', async () => {
    const { exitCode, text } = await operator.run(['doctor']);
    expect(exitCode).toBe(1);
    expect(text).toContain('✓ ok  トークン: 使えます（窓口（お試し） @000mado）。');
    expect(text).toContain(
      '✗ 問題  Webhook: Webhook URL がまだありません。\n    → npm run line -- webhook https://',
    );
    expect(text).toContain('△ 要確認  リッチメニュー: 出ていません');
    expect(text).toMatch(/ok \d+、要確認 \d+、問題 1$/);
    expect(text).not.toContain('undefined');
  });

  it('ends with 2 when settings are missing, and names them', async () => {
    delete operator.env['LINE_CHANNEL_ACCESS_TOKEN'];
    const plain = await operator.run(['doctor']);
    expect(plain.exitCode).toBe(2);
    expect(plain.text).toMatch(
      /LINE_CHANNEL_ACCESS_TOKEN がありません。LINE Developers コンソール/,
    );
    const { exitCode, text } = await operator.run(['doctor', '--json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(text)).toMatchObject({
      exitCode: 2,
      problems: [expect.stringContaining('LINE_CHANNEL_ACCESS_TOKEN')],
    });
  });

  it('does not take try mode for live', async () => {
    operator.env['NODE_ENV'] = '';
    delete operator.env['LINE_CHANNEL_ACCESS_TOKEN'];
    delete operator.env['LINE_CHANNEL_SECRET'];
    const { exitCode, text } = await operator.run(['doctor']);
    expect(exitCode).toBe(2);
    expect(text).toContain('鍵');
  });

  it('knows settings that would surprise', async () => {
    operator.env['NODE_ENV'] = 'development';
    operator.env['LINE_CHANNEL_SECRET'] = '1234567890,0123456789abcdef0123456789abcdef';
    const { findings } = await report();
    const said = findings.filter(({ id }) => id === 'settings').map(({ says }) => says);
    expect(said).toEqual([
      expect.stringContaining('production'),
      expect.stringContaining('LINE_API_BASE_URL'),
      expect.stringContaining('いつもの形'),
      expect.stringContaining('2 個'),
    ]);
  });

  it('takes 64 digits, a token or a mistake of copying, for no channel secret', async () => {
    operator.env['LINE_CHANNEL_SECRET'] = '0123456789abcdef'.repeat(4);
    const { findings } = await report();
    expect(findings.map(({ says }) => says).join()).toContain('いつもの形');
  });

  it.each([
    { version: '20.19.5', state: 'problem' },
    { version: '22.17.1', state: 'problem' },
    { version: '22.18.0', state: 'ok' },
    { version: '24.0.0', state: 'ok' },
  ])('takes Node.js $version for $state', ({ version, state }) => {
    expect(lookAtNode(version)).toMatchObject({ state });
  });

  it('shows how to use it when asked for something else', async () => {
    for (const args of [[], ['docter'], ['doctor', 'now'], ['webhook'], ['doctor', '--fix']]) {
      const { exitCode, text } = await operator.run(args);
      expect(exitCode).toBe(2);
      expect(text).toContain('使い方');
    }
  });
});

describe('what it sees of LINE', () => {
  it('tells a token that LINE refuses once, and leaves out what depends on it', async () => {
    operator.line.faults.add({ kind: 'unauthorized' });
    const { exitCode, findings, find } = await report();
    expect(exitCode).toBe(1);
    expect(find('token')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('LINE_CHANNEL_ACCESS_TOKEN'),
    });
    const wrong = findings.filter(({ state }) => state === 'problem').map(({ id }) => id);
    expect(wrong).toEqual(['token']);
  });

  const troubles = [
    { what: 'a broken connection', fault: { kind: 'reset' }, says: /つながりません/ },
    { what: 'an error', fault: { kind: 'error', status: 503 }, says: /LINE の側で.*503/ },
    { what: 'silence', fault: { kind: 'hang', ms: 2000 }, says: /時間内に答え/ },
    { what: 'rubbish', fault: { kind: 'garbage' }, says: /つながりません/ },
    { what: 'too many calls', fault: { kind: 'rate' }, says: /呼び出し回数/ },
  ] as const;
  it.each(troubles)('tells $what of LINE from a wrong token', async ({ fault, says }) => {
    operator.line.faults.add(fault);
    const { exitCode, find } = await report({ timeoutMs: 300 });
    expect(exitCode).toBe(1);
    expect(find('token')).toMatchObject({ state: 'problem', says: expect.stringMatching(says) });
  });

  it('tells a LINE that is not there', async () => {
    await operator.line.close();
    const { find } = await report();
    expect(find('token')?.says).toContain('つながりません');
  });

  it('tells a webhook that is switched off, and a chat that is switched on', async () => {
    await operator.close();
    operator = await openOperator(project, {
      console: { webhookActive: false, chatMode: 'chat' },
      webhookUrl: 'http://127.0.0.1:1/webhook?key=abc',
    });
    const { find } = await report();
    expect(find('webhook')).toMatchObject({
      state: 'problem',
      says: 'http://127.0.0.1:1/webhook?… ですが、「Webhookの利用」がオフです。',
    });
    expect(find('webhook-test')?.says).toContain('つながりません');
    expect(find('chat')).toMatchObject({ state: 'check' });
  });

  it('tells a channel secret that does not fit', async () => {
    const bot = await openBot(inject('redisUrl'), 'a-secret-of-another-channel');
    operator.line.setWebhookUrl(bot.url);
    const { find } = await report();
    await bot.close();
    expect(find('webhook-test')).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('署名'),
      remedy: expect.stringContaining('LINE_CHANNEL_SECRET'),
    });
  });

  it('tells messages that run out', async () => {
    operator.line.quota.limit = 10;
    for (let sent = 0; sent < 9; sent += 1) operator.line.quota.take();
    expect((await report()).find('quota')).toMatchObject({
      state: 'check',
      says: '今月 9 / 10 通（残り 1）。',
    });
    operator.line.quota.limit = 11;
    expect((await report()).find('quota')).toMatchObject({ state: 'ok' });
    operator.line.quota.limit = 5;
    expect((await report()).find('quota')).toMatchObject({
      state: 'check',
      says: '今月 9 / 5 通（残り 0）。',
    });
    operator.line.quota.limit = undefined;
    expect((await report()).find('quota')).toMatchObject({ state: 'ok' });
  });

  it('tells a rich menu that is old, or not ours', async () => {
    const { richMenus } = operator.line;
    const other = richMenus.add({ name: 'キャンペーン' });
    richMenus.setDefault(other.id);
    expect((await report()).find('rich-menu')?.says).toContain('窓口のものではない');
    const old = richMenus.add({ name: 'madoguchi/0123456789abcdef' });
    richMenus.setDefault(old.id);
    expect((await report()).find('rich-menu')).toMatchObject({
      state: 'check',
      says: expect.stringContaining('古い'),
    });
  });

  const clocks = [
    { offMs: 1000, state: 'ok', says: '合っています' },
    { offMs: 12_000, state: 'check', says: /1[12] 秒進んで/ },
    { offMs: -90_000, state: 'problem', says: '遅れて' },
  ];
  it.each(clocks)('compares the clocks: $offMs ms is $state', async ({ offMs, state, says }) => {
    const { find } = await report({ clock: () => Date.now() + offMs });
    expect(find('clock')).toMatchObject({ state, says: expect.stringMatching(says) });
  });

  it('does not take a clock for right that it could not compare', async () => {
    const value = { basicId: '@b', displayName: 'n' };
    const { findings } = await lookAtAccount({ botInfo: async () => ({ kind: 'ok', value }) });
    expect(findings.find(({ id }) => id === 'clock')).toMatchObject({ state: 'check' });
  });

  const cannot = { state: 'problem', says: expect.stringContaining('つながりません') };

  it('does not take a part for sound of which LINE told nothing', async () => {
    const webhook = answers({ endpoint: 'https://bot.example/webhook', active: true });
    expect(await lookAtWebhook({ webhook: away, testWebhook: away })).toMatchObject([cannot]);
    expect((await lookAtWebhook({ webhook, testWebhook: away }))[1]).toMatchObject(cannot);

    const quota = answers({ type: 'limited', value: 200 });
    const consumption = answers({ totalUsage: 1 });
    expect(await lookAtQuota({ quota: away, consumption })).toMatchObject(cannot);
    expect(await lookAtQuota({ quota, consumption: away })).toMatchObject(cannot);

    const { menu } = loadRichMenu(project);
    const defaultRichMenu = answers({ richMenuId: 'r' });
    const richMenus = answers({ richmenus: [] });
    expect(await lookAtMenu({ defaultRichMenu: away, richMenus }, menu)).toMatchObject(cannot);
    expect(await lookAtMenu({ defaultRichMenu, richMenus: away }, menu)).toMatchObject(cannot);
  });

  it('takes a webhook that LINE tests no more this hour for no broken one', async () => {
    const webhook = answers({ endpoint: 'https://bot.example/webhook', active: true });
    expect(await lookAtWebhook({ webhook, testWebhook: tooOften })).toMatchObject([
      { state: 'ok' },
      { id: 'webhook-test', state: 'check', says: expect.stringContaining('上限') },
    ]);
  });

  it('takes a rich menu whose file has a mistake for a problem: the bot would not start', async () => {
    const asked = { defaultRichMenu: away, richMenus: away };
    expect(await lookAtMenu(asked, undefined)).toMatchObject({ state: 'problem' });
  });
});

describe('what it sees of Redis', () => {
  let redis: TestRedis;
  let client: Redis;

  beforeAll(async () => {
    redis = await startRedis({ password: PASSWORD });
    client = new Redis(redis.url, { password: PASSWORD });
  });
  afterAll(async () => {
    client.disconnect();
    await redis.stop();
  });
  beforeEach(() => {
    operator.env['REDIS_URL'] = redis.url.replace('//', `//:${PASSWORD}@`);
  });

  it('tells one that keeps nothing on disk from one that keeps snapshots, and a log of all', async () => {
    expect((await report()).find('store-persistence')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('appendonly yes'),
    });
    await client.config('SET', 'save', '3600 1');
    expect((await report()).find('store-persistence')?.state).toBe('check');
    await client.config('SET', 'appendonly', 'yes');
    const log = (await report()).find('store-persistence');
    expect(log?.state).toBe('ok');
    // By its usual `appendfsync everysec` a second may be lost.
    expect(log?.says).not.toContain('書くたびに');
  });

  it('leaves no connection open, on which its command would wait without end', async () => {
    expect((await report()).find('store')?.state).toBe('ok');
    await expect
      .poll(
        async () =>
          String(await client.client('LIST'))
            .trim()
            .split('\n').length,
      )
      .toBe(1);
  });

  it('needs no more rights than the bot, and names those that are missing', async () => {
    await client.config('SET', 'appendonly', 'no');
    await client.acl('SETUSER', 'bot', 'reset', 'on', `>${PASSWORD}`, ...rightsNeeded.split(' '));
    operator.env['REDIS_URL'] = redis.url.replace('//', `//bot:${PASSWORD}@`);
    const { find } = await report();
    expect(find('store')?.state).toBe('ok');
    // It may not see whether there are snapshots.
    expect(find('store-persistence')?.state).toBe('check');
    await client.acl('SETUSER', 'bot', '-zpopmin');
    expect((await report()).find('store')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('ZPOPMIN'),
    });
    await client.config('SET', 'appendonly', 'yes');
  });

  it('tells one that would throw away what it is given', async () => {
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect((await report()).find('store-memory')?.state).toBe('check');
    await client.config('SET', 'maxmemory', '100mb');
    expect((await report()).find('store-memory')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('noeviction'),
    });
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    expect((await report()).find('store-memory')).toMatchObject({
      state: 'ok',
      says: expect.stringContaining('上限 100.0 MB'),
    });
  });

  it('tells one that is nearly full', async () => {
    const used = Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
    await client.config('SET', 'maxmemory', Math.round(used / 0.86));
    const { find } = await report();
    await client.config('SET', 'maxmemory', '100mb');
    expect(find('store-memory')).toMatchObject({
      state: 'check',
      says: expect.stringContaining('残りが少なく'),
    });
  });

  it('tells a replica, which takes no writes', async () => {
    await client.replicaof('127.0.0.1', 1);
    const { exitCode, find } = await report();
    await client.replicaof('NO', 'ONE');
    expect(exitCode).toBe(1);
    expect(find('store')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('プライマリー'),
    });
  });

  it('tells one that is full, and one that cannot write its snapshot: both take nothing more', async () => {
    await client.config('SET', 'maxmemory', '1mb');
    const { exitCode, find } = await report();
    await client.config('SET', 'maxmemory', '100mb');
    expect(exitCode).toBe(1);
    expect(find('store-memory')).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('いっぱい'),
    });

    const [, dir = ''] = await client.config('GET', 'dir');
    mkdirSync(join(dir, 'dump.rdb'));
    await client.bgsave();
    await vi.waitFor(async () =>
      expect(await client.info('persistence')).toContain('rdb_last_bgsave_status:err'),
    );
    expect((await report()).find('store-persistence')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('ディスクの空き'),
    });
    rmSync(join(dir, 'dump.rdb'), { recursive: true });
  });

  it.each([
    'redis://:ab/cd+ef=@127.0.0.1:6379',
    'redis+sentinel://127.0.0.1:26379',
    'redis+cluster://127.0.0.1:99999',
  ])('tells how to write %s, and does not show it', async (url) => {
    operator.env['REDIS_URL'] = url;
    const { exitCode, find, findings } = await report();
    expect(exitCode).toBe(1);
    expect(find('store')).toMatchObject({
      state: 'problem',
      remedy: expect.stringMatching(/REDIS_URL.*%2F/),
    });
    expect(JSON.stringify(findings)).not.toContain('ab/cd');
  });

  it('tells one that cannot be reached, and a password that is wrong', async () => {
    operator.env['REDIS_URL'] = 'redis://:some-password@127.0.0.1:1';
    expect((await report()).find('store')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('接続できません'),
    });
    operator.env['REDIS_URL'] = redis.url.replace('//', '//:another-password@');
    expect((await report()).find('store')?.remedy).toContain('パスワード');
  });
});

describe('what it sees of a Redis cluster', () => {
  it('tells of the server that is worst off, and takes the replicas for none', async () => {
    const cluster = await startRedisCluster();
    const spare = await startRedis({ cluster: true });
    onTestFinished(() => Promise.all([cluster.stop(), spare.stop()]).then(() => undefined));
    const clients = cluster.nodes.map(({ url }) => new Redis(url));
    const replica = new Redis(spare.url);
    onTestFinished(() => [...clients, replica].forEach((one) => one.disconnect()));
    const [first = replica] = clients;
    await first.call('CLUSTER', 'MEET', '127.0.0.1', spare.port, spare.busPort);
    const master = await first.cluster('MYID');
    await expect
      .poll(() => replica.call('CLUSTER', 'REPLICATE', master).catch(String), { timeout: 10_000 })
      .toBe('OK');
    const known = async () =>
      (await Promise.all(clients.map((one) => one.cluster('NODES')))).join();
    await expect.poll(known, { timeout: 10_000 }).toMatch(/(?:[^]*slave){3}/);
    operator.env['REDIS_URL'] = cluster.url;

    for (const one of clients) await one.config('SET', 'appendonly', 'yes');
    const { find } = await report();
    expect(find('store')).toMatchObject({
      state: 'ok',
      says: expect.stringContaining('3 台のクラスター'),
    });
    expect(find('store-persistence')?.state).toBe('ok');
    expect(find('store-memory')?.state).toBe('ok');
    for (const one of clients) {
      await one.config('SET', 'appendonly', 'no');
      await one.config('SET', 'maxmemory-policy', 'allkeys-lru');
      const { find: seen } = await report();
      expect(seen('store-persistence')?.state).toBe('problem');
      expect(seen('store-memory')?.state).toBe('check');
      await one.config('SET', 'appendonly', 'yes');
      await one.config('SET', 'maxmemory-policy', 'noeviction');
    }
  });
});

describe('what it sees of a Redis that says of itself', () => {
  it('that it is Valkey, or Redis: by its own name and version', async () => {
    expect((await reportOf({})).find('store')?.says).toBe('Redis 7.2.4');
    const { find } = await reportOf({ valkey_version: '8.1.0' });
    expect(find('store')).toMatchObject({ state: 'ok', says: 'Valkey 8.1.0' });
  });

  it('that it could not write its log: it takes nothing more', async () => {
    expect((await reportOf({})).find('store-persistence')?.state).toBe('ok');
    const { find } = await reportOf({ aof_last_write_status: 'err' });
    expect(find('store-persistence')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('ディスクの空き'),
    });
  });

  it.each([
    { used: 80, state: 'ok' },
    { used: 81, state: 'check' },
    { used: 98, state: 'check' },
    { used: 99, state: 'problem' },
  ])('that $used of 100 MB are used: $state', async ({ used, state }) => {
    const { find } = await reportOf({ used_memory: used * 1024 ** 2, maxmemory: 100 * 1024 ** 2 });
    expect(find('store-memory')).toMatchObject({
      state,
      says: expect.stringContaining(`${used}.0 MB 使用（上限 100.0 MB）`),
    });
  });
});

describe('what it sees of SQLite', () => {
  it('looks at a file without making it', async () => {
    expect((await report()).find('store')).toMatchObject({
      state: 'ok',
      says: expect.stringContaining('最初の起動で作ります'),
    });
    const path = operator.env['SQLITE_PATH'] ?? '';
    openSqlite(path).close();
    const { find } = await report();
    expect(find('store')).toMatchObject({ state: 'ok' });
    expect(find('store-room')?.says).toMatch(/空き \d+ MB/);
  });

  it.each([
    { freeMB: 600, state: 'ok' },
    { freeMB: 400, state: 'check' },
    { freeMB: 20, state: 'problem' },
  ])('takes $freeMB MB of free disk for $state', ({ freeMB, state }) => {
    const findings = lookAtSqlite(operator.env['SQLITE_PATH'] ?? '', () => freeMB * 1024 * 1024);
    expect(findings.find(({ id }) => id === 'store-room')).toMatchObject({ state });
  });

  it('tells one that is broken, or open to others', async () => {
    const path = operator.env['SQLITE_PATH'] ?? '';
    openSqlite(path).close();
    for (const mode of [0o640, 0o604]) {
      chmodSync(path, mode);
      expect((await report()).find('store')?.remedy).toContain('chmod 600');
    }
    writeFileSync(path, 'no database at all, but long enough to be read as one'.repeat(50));
    expect((await report()).find('store')).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('バックアップ'),
    });
  });

  it('tells one whose inside is damaged, though it opens', async () => {
    const path = operator.env['SQLITE_PATH'] ?? '';
    openSqlite(path).close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill('x', 4096));
    expect((await report()).find('store')).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('壊れています'),
    });
  });

  it('tells a place where no file can be from one whose folders the start makes', async () => {
    operator.env['SQLITE_PATH'] = join(folder, 'new', 'deeper', 'madoguchi.sqlite');
    expect((await report()).find('store')?.state).toBe('ok');
    writeFileSync(join(folder, 'a-file'), '');
    operator.env['SQLITE_PATH'] = join(folder, 'a-file', 'madoguchi.sqlite');
    expect((await report()).find('store')).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('書き込めません'),
    });
  });

  // Who may do everything may write everywhere.
  it.skipIf(process.getuid?.() === 0)(
    'tells one that it may not write, or not beside it',
    async () => {
      const path = operator.env['SQLITE_PATH'] ?? '';
      openSqlite(path).close();
      const cannot = { state: 'problem', says: expect.stringContaining('書き込めません') };
      chmodSync(path, 0o400);
      expect((await report()).find('store')).toMatchObject(cannot);
      chmodSync(path, 0o600);
      chmodSync(folder, 0o500);
      const { find } = await report();
      chmodSync(folder, 0o700);
      expect(find('store')).toMatchObject(cannot);
    },
  );
});
