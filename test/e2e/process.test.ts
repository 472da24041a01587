import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, type IncomingMessage, get, request } from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeLine, createFakeLine } from '../../src/simulator/line.ts';
import { openStore } from '../../src/store/open.ts';
import { type BotProcess, copyProject, startProcess } from '../support/process.ts';
import { freePort, startRedis } from '../support/redis.ts';
import { text as textEvent } from '../store/contract.ts';
import { lineEvent, sign, textMessage } from '../webhook/line-events.ts';

vi.setConfig({ testTimeout: 30_000 });

const SECRET = 'the-channel-secret-of-this-test';
const TOKEN = 'the-access-token-of-this-test';

let cwd: string;
let running: BotProcess[];

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'madoguchi-process-'));
  running = [];
});
afterEach(async () => {
  for (const bot of running) bot.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  rmSync(cwd, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}, root?: string): BotProcess {
  const bot = startProcess({ cwd, env: { PORT: '0', ...env }, ...(root && { root }) });
  running.push(bot);
  return bot;
}

/** The bot is expected to refuse: what it says to whoever started it. */
async function refusal(env: Record<string, string>, root?: string): Promise<string> {
  const bot = start(env, root);
  const { code } = await bot.ended;
  expect(code).toBe(1);
  expect(bot.stdout()).not.toContain('窓口:');
  expect(bot.stderr(), 'a sentence, not a stack').not.toMatch(/^ +at |node:internal|Error:/m);
  return bot.stderr();
}

async function openLine(): Promise<{ line: FakeLine; env: Record<string, string> }> {
  const line = createFakeLine({ channelSecret: SECRET, accessToken: TOKEN, anybody: true });
  return {
    line,
    env: {
      LINE_CHANNEL_SECRET: SECRET,
      LINE_CHANNEL_ACCESS_TOKEN: TOKEN,
      LINE_API_BASE_URL: await line.listen(),
    },
  };
}

const newUser = () => `U${randomBytes(16).toString('hex')}`;
const status = async (url: string, headers: Record<string, string> = {}) =>
  (await fetch(url, { headers })).status;
/** As when a foreign name resolves to this machine; `fetch` lets nobody choose the host. */
const statusUnder = async (host: string, url: string) => {
  const [response] = (await once(get(url, { headers: { host } }), 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
};

/** Busy proxies, each with a connection of its own: one event after the other, until nobody is there. */
async function rush(baseUrl: string, proxies: number) {
  const agent = new Agent({ keepAlive: true });
  /** How each event fared, by its id. */
  const fared = new Map<string, unknown>();
  const post = async (user: string) => {
    const webhookEventId = `e${fared.size}`;
    fared.set(webhookEventId, 'under way');
    const source = { type: 'user', userId: user };
    const message = textMessage('メニュー', { id: webhookEventId });
    const body = JSON.stringify({
      events: [lineEvent('message', { webhookEventId, source, message })],
    });
    const headers = { 'x-line-signature': sign(body, SECRET) };
    const sending = request(`${baseUrl}/webhook`, { method: 'POST', agent, headers }).end(body);
    const outcome = await once(sending, 'response').then(
      async ([response]: IncomingMessage[]) => {
        await once(response?.resume() ?? sending, 'end');
        return response?.statusCode;
      },
      ({ code }: NodeJS.ErrnoException) => code,
    );
    fared.set(webhookEventId, outcome);
    return outcome;
  };
  const users = Array.from({ length: proxies }, newUser);
  await Promise.all(users.map(post));
  const rushing = users.map(async (user) => {
    while ((await post(user)) !== 'ECONNREFUSED') await sleep(5);
  });
  return { fared, over: Promise.all(rushing) };
}

const eventually = <T>(look: () => T | Promise<T>) =>
  vi.waitFor(look, { timeout: 15_000, interval: 20 });

describe('without settings', () => {
  test('it can be tried at once: one line says where, and the conversations are in a file here', async () => {
    const bot = start();
    expect(await bot.ready()).toMatch(/^窓口（お試し）: .*http:\/\/localhost:\d+\/try .*$/);
    expect(await status(`${bot.baseUrl()}/try`)).toBe(200);
    expect(await status(`${bot.baseUrl()}/readyz`)).toBe(200);
    expect(existsSync(join(cwd, 'data/madoguchi.sqlite'))).toBe(true);
    for (const path of ['/try', '/stats', '/stats/style.css', '/metrics']) {
      const url = `${bot.baseUrl()}${path}`;
      expect({ url, status: await statusUnder('evil.example', url) }).toEqual({ url, status: 403 });
      expect({ url, status: await statusUnder('localhost:80', url) }).toEqual({ url, status: 200 });
    }
    // Another address of this machine.
    const elsewhere = bot.baseUrl().replace(/\/\/[^:]+/, '//127.0.0.2');
    await expect(status(`${elsewhere}/try`)).rejects.toThrow('fetch failed');
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0 });
    expect(bot.stdout().match(/窓口（お試し）/g)).toHaveLength(1);
    expect(bot.stderr()).toBe('');
  });

  test('the settings may stand in .env, and the real environment wins', async () => {
    writeFileSync(join(cwd, '.env'), 'PORT=99999\nSQLITE_PATH=here/bot.sqlite\n');
    const bot = start({ PORT: '0' });
    await bot.ready();
    expect(existsSync(join(cwd, 'here/bot.sqlite'))).toBe(true);
  });
});

describe('it refuses to start, and says what to do,', () => {
  test('in production without keys: each missing setting is named', async () => {
    const words = await refusal({ NODE_ENV: 'production' });
    expect(words).toMatch(/設定 LINE_CHANNEL_SECRET がありません。.*LINE Developers/);
    expect(words).toMatch(/設定 LINE_CHANNEL_ACCESS_TOKEN がありません。.*LINE Developers/);
  });

  test('when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    try {
      const words = await refusal({ PORT: String(port) });
      expect(words).toContain(`ポート ${port} は、ほかのプログラムが使っています。`);
      expect(words).toContain('PORT=3001');
    } finally {
      other.close();
    }
  });

  test('when Redis cannot be reached', async () => {
    const words = await refusal({ REDIS_URL: `redis://:pass-word@127.0.0.1:${await freePort()}` });
    expect(words).toContain('設定 REDIS_URL: Redis に接続できません。Redis が動いているか、');
    expect(words).not.toContain('pass-word');
  });

  test('when the database cannot be one', async () => {
    mkdirSync(join(cwd, 'folder'));
    expect(await refusal({ SQLITE_PATH: 'folder' })).toMatch(
      /設定 SQLITE_PATH: folder .*ファイルの名前を指定してください。/,
    );
    writeFileSync(join(cwd, 'letter.txt'), 'これはデータベースではありません。'.repeat(100));
    expect(await refusal({ SQLITE_PATH: 'letter.txt' })).toMatch(
      /設定 SQLITE_PATH: letter\.txt は SQLite のファイルではないか、壊れています。/,
    );
  });

  test('when the content has faults: every one with its file and line', async () => {
    const root = join(cwd, 'copy');
    copyProject(root);
    const spoil = (file: string, from: string, to: string) => {
      const path = join(root, file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    };
    spoil('dialogs/solved.yaml', 'done: thanks', 'done: [thanks');
    spoil('messages/ja/menu.yaml', 'title: メニュー', 'titel: メニュー');
    const words = await refusal({}, root);
    expect(words).toMatch(/^コンテンツに \d+ 件の問題があります。$/m);
    expect(words).toMatch(/✗ dialogs\/solved\.yaml:\d+ {2}YAML の書き方に誤りがあります/);
    expect(words).toMatch(
      /✗ messages\/ja\/menu\.yaml:1 {2}「ファイル全体」に「titel」とは書けません。\n +→ /,
    );
  });
});

describe('SIGTERM', () => {
  test.each([
    ['', ['SIGTERM']],
    [', also when it comes twice', ['SIGTERM', 'SIGTERM']],
    [', and so does Ctrl+C, which comes twice under npm', ['SIGINT', 'SIGINT']],
  ] as const)('lets it finish what is in hand%s', async (_how, signals) => {
    const { line, env } = await openLine();
    const user = newUser();
    const bot = start({ ...env, SQLITE_PATH: 'bot.sqlite' });
    await bot.ready();
    line.setWebhookUrl(`${bot.baseUrl()}/webhook`);
    line.faults.add({ kind: 'slow', on: 'reply', times: 1, ms: 1000 });
    await line.emit(user, { kind: 'text', text: 'メニュー' });
    await eventually(() => expect(line.faults.list()).toEqual([]));
    for (const signal of signals) {
      bot.kill(signal);
      await sleep(50);
    }
    const { code, tookMs } = await bot.ended;
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5000);
    expect(line.sent().filter(({ to }) => to === user)).toHaveLength(1);
    // And it was committed, not only said.
    const store = await openStore({ redisUrl: undefined, sqlitePath: join(cwd, 'bot.sqlite') });
    const { waiting, state } = await store.recall(user);
    await store.close();
    expect(waiting).toEqual([]);
    expect(state).toMatchObject({ dialog: 'menu' });
    await line.close();
  });

  test('in a rush cuts nobody off: what it does not keep is refused at the door', async () => {
    const { line, env } = await openLine();
    const bot = start({ ...env, SQLITE_PATH: 'bot.sqlite' });
    await bot.ready();
    const { fared, over } = await rush(bot.baseUrl(), 60);
    await sleep(300);
    bot.kill('SIGTERM');
    const { code, tookMs } = await bot.ended;
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5000);
    await over;
    expect([...new Set(fared.values())].toSorted()).toEqual([200, 'ECONNREFUSED']);
    const kept = [...fared].filter(([, outcome]) => outcome === 200).map(([id]) => id);
    const store = await openStore({ redisUrl: undefined, sqlitePath: join(cwd, 'bot.sqlite') });
    const again = await store.accept(kept.map((id) => textEvent('U1', id)));
    await store.close();
    expect(again).toEqual({ accepted: 0, duplicates: kept.length });
    await line.close();
  });

  test('ends it within five seconds though LINE does not answer; what was in hand is kept', async () => {
    const { line, env } = await openLine();
    const user = newUser();
    const bot = start({ ...env, SQLITE_PATH: 'bot.sqlite' });
    await bot.ready();
    line.setWebhookUrl(`${bot.baseUrl()}/webhook`);
    line.faults.add({ kind: 'hang', on: 'reply', times: 1 });
    await line.emit(user, { kind: 'text', text: 'メニュー' });
    await eventually(() => expect(line.faults.list()).toEqual([]));
    bot.kill('SIGTERM');
    const { code, tookMs } = await bot.ended;
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5000);
    const store = await openStore({ redisUrl: undefined, sqlitePath: join(cwd, 'bot.sqlite') });
    const { waiting } = await store.recall(user);
    await store.close();
    expect(waiting).toHaveLength(1);
    await line.close();
  });
});

describe('what operators see', () => {
  test('health, readiness while Redis comes and goes, and metrics behind their token', async () => {
    const redis = await startRedis({ appendonly: true });
    const { line, env } = await openLine();
    const bot = start({ ...env, REDIS_URL: redis.url, METRICS_TOKEN: 'metrics-token' });
    await bot.ready();
    line.setWebhookUrl(`${bot.baseUrl()}/webhook`);
    const url = bot.baseUrl();
    expect([await status(`${url}/healthz`), await status(`${url}/readyz`)]).toEqual([200, 200]);
    expect(await status(`${url}/try`)).toBe(404);
    expect(await status(`${url}/metrics`)).toBe(401);
    expect(await status(`${url}/metrics`, { authorization: 'Bearer wrong' })).toBe(401);
    const metrics = async () =>
      (
        await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer metrics-token' } })
      ).text();
    expect(await metrics()).toContain('madoguchi_store_up 1');

    await redis.kill();
    await eventually(async () => expect(await status(`${url}/readyz`)).toBe(503));
    expect(await status(`${url}/healthz`)).toBe(200);
    expect(await metrics()).toContain('madoguchi_store_up 0');
    const user = newUser();
    const refused = await line.emit(user, { kind: 'text', text: 'レディスが止まった' });
    expect(refused.deliveries[0]?.status).toBe(503);

    await redis.restart();
    await eventually(async () => expect(await status(`${url}/readyz`)).toBe(200));
    // LINE brings it again, and now it is answered.
    await eventually(() => expect(line.sent().filter(({ to }) => to === user)).toHaveLength(1));
    // An outage is told, and does not flood the log.
    const told = bot
      .stdout()
      .split('\n')
      .filter((each) => each.includes('"level":"error"'));
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(10);
    expect(bot.stdout()).not.toContain('レディスが止まった');
    expect(bot.stdout()).not.toContain(user);
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0 });
    await line.close();
    await redis.stop();
  });

  test(
    'a bot that nobody talks to keeps less than 150 MB, from its second start on',
    { timeout: 90_000 },
    async () => {
      const { env } = await openLine();
      const settings = { ...env, METRICS_TOKEN: 'metrics-token' };
      const first = start(settings);
      await first.ready();
      first.kill('SIGTERM');
      await first.ended;
      const bot = start(settings);
      await bot.ready();
      const look = async () => {
        const headers = { authorization: 'Bearer metrics-token' };
        const said = await (await fetch(`${bot.baseUrl()}/metrics`, { headers })).text();
        const bytes = Number(/^process_resident_memory_bytes (\d+)$/m.exec(said)?.[1]);
        expect(bytes / 2 ** 20).toBeLessThan(150);
      };
      await vi.waitFor(look, { timeout: 60_000, interval: 500 });
    },
  );

  test('without a token the counts are shown to nobody once the bot is live', async () => {
    const { env } = await openLine();
    const bot = start({ ...env, SQLITE_PATH: 'bot.sqlite' });
    await bot.ready();
    expect(await status(`${bot.baseUrl()}/stats`)).toBe(403);
  });

  test('503 in time for LINE while Redis hangs, and afterwards one answer', async () => {
    const redis = await startRedis({ appendonly: true });
    const { line, env } = await openLine();
    const bot = start({ ...env, REDIS_URL: redis.url });
    await bot.ready();
    line.setWebhookUrl(`${bot.baseUrl()}/webhook`);
    redis.pause();
    const user = newUser();
    const refused = await line.emit(user, { kind: 'text', text: '荷物が届かない' });
    expect(refused.deliveries[0]?.status).toBe(503);
    redis.resume();
    await eventually(() => expect(line.sent().filter(({ to }) => to === user)).toHaveLength(1));
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0 });
    expect(line.sent().filter(({ to }) => to === user)).toHaveLength(1);
    await line.close();
    await redis.stop();
  });

  test('logs that are JSON and hold no words, no names and no secrets', async () => {
    const { line, env } = await openLine();
    const bot = start({ ...env, LOG_LEVEL: 'trace', METRICS_TOKEN: 'metrics-token' });
    await bot.ready();
    const webhook = `${bot.baseUrl()}/webhook`;
    line.setWebhookUrl(webhook);
    const user = newUser();
    const texts = [
      '母が怒っています。日本語で話したい',
      '電話で頼む文',
      '250-7654321-7654321',
      'カードは 4242 4242 4242 4242 です',
      'https://amaz0n-login.example/verify?id=77 は本物？',
      'あいうえおかきくけこさしすせそ',
    ];
    const say = async (text: string) => {
      const { eventId } = await line.emit(user, { kind: 'text', text });
      await eventually(() =>
        expect(line.sent().some((sent) => sent.eventId === eventId)).toBe(true),
      );
    };
    await say('はじめまして、山田と申します');
    // Each kind of trouble is logged in its own way.
    line.faults.add({ kind: 'error', on: 'reply', times: 1, delivered: true });
    line.faults.add({ kind: 'rate', on: 'reply', times: 1 });
    line.faults.add({ kind: 'refuse', on: 'reply', times: 1 });
    for (const text of texts) await say(text);
    line.faults.add({ kind: 'unauthorized', on: 'reply', times: 1 });
    await say('さいごのひとこと');
    await fetch(webhook, { method: 'POST', body: 'にせものの本文' });
    await fetch(webhook, { method: 'POST', headers: { 'x-line-signature': 'bm90aGluZw==' } });
    await line.post([{ type: 'message', source: { userId: user }, message: { text: 'こわれた' } }]);
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ code: 0 });

    const lines = bot.stdout().trim().split('\n');
    const [greeting, ...rest] = lines;
    expect(greeting).toMatch(/^窓口: /);
    const entries = rest.map((each): { level: string; msg: string } => JSON.parse(each));
    expect(entries.map(({ level }) => level)).toEqual(
      expect.arrayContaining(['debug', 'warn', 'error']),
    );
    expect(entries.map(({ msg }) => msg).join('\n')).toContain(
      'LINE がメッセージを受け付けませんでした。',
    );
    const all = bot.stdout() + bot.stderr();
    const replyTokens = line.events().flatMap(({ replyToken }) => replyToken ?? []);
    expect(replyTokens.length).toBeGreaterThan(5);
    const hidden = [
      user,
      SECRET,
      TOKEN,
      'metrics-token',
      ...replyTokens,
      ...texts,
      '山田',
      '怒って',
      '7654321',
      '4242',
      'amaz0n',
      'さいごのひとこと',
      'にせものの本文',
      'こわれた',
    ];
    expect(hidden.filter((each) => all.includes(each))).toEqual([]);
    await line.close();
  });
});
