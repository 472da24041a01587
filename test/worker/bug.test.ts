import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bundle } from '../../src/content/load.ts';
import { createLineClient } from '../../src/line/client.ts';
import { createDeliver } from '../../src/line/deliver.ts';
import { createMetrics } from '../../src/metrics.ts';
import { type FakeLine, createFakeLine } from '../../src/simulator/line.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { createApp } from '../../src/webhook/app.ts';
import { createCounting } from '../../src/worker/counting.ts';
import { createTurn } from '../../src/worker/turn.ts';
import { type Worker, startWorker } from '../../src/worker/worker.ts';
import { bundle } from '../support/content.ts';
import { wordsOf } from '../support/house.ts';

const SECRET = 'bug-secret';
const TOKEN = 'bug-token';
const user = `U${'b'.repeat(32)}`;
let line: FakeLine;
let store: Store;
let worker: Worker;
let content: Bundle;
let logged: string;
/** Retries wait longer from time to time; the clock makes up for it. */
let aheadMs: number;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  content = bundle();
  logged = '';
  aheadMs = 0;
  const clock = () => Date.now() + aheadMs;
  line = createFakeLine({ channelSecret: SECRET, accessToken: TOKEN, anybody: true });
  const client = createLineClient({ baseUrl: await line.listen(), accessToken: TOKEN });
  store = await openStore({ redisUrl: undefined, sqlitePath: ':memory:', clock });
  const metrics = createMetrics();
  const log = pino({ level: 'warn' }, { write: (text: string) => void (logged += text) });
  const deliver = createDeliver({ client, clock, sleep, pushFallback: false, log, metrics });
  const turn = createTurn({
    store,
    content: () => content,
    deliver,
    clock,
    quiet: { from: 22, to: 8 },
    ttlMs: 1_000_000,
    log,
    metrics,
    counting: createCounting(store, clock),
    sample: () => undefined,
  });
  worker = startWorker({ store, turn, sleep, log, waitMs: 50 });
  const app = createApp({ channelSecrets: [SECRET], store, redact, log, metrics, clock });
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  line.setWebhookUrl(`http://127.0.0.1:${port}/webhook`);
  closing.push(
    () => worker.stop(),
    () => line.close(),
    () => new Promise((done) => server.close(done)),
    () => client.close(),
    () => store.close(),
  );
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Content with a bug in it: understanding this text throws, as an error of ours would. */
function withBug(good: Bundle, on: string): Bundle {
  const understand = (text: string) => {
    if (text.includes(on)) throw new TypeError(`Cannot read properties of undefined (${text})`);
    return good.content.understand(text);
  };
  return { ...good, content: { ...good.content, understand } };
}

const redact = (text: string) => ({ text, found: [] });
const cannotDraw = () => {
  throw new RangeError('Invalid string length');
};

const say = (text: string) => line.emit(user, { kind: 'text', text });
const answersTo = (eventId: string) => line.sent().filter((sent) => sent.eventId === eventId);
const failures = () => logged.split('応答を作れませんでした').length - 1;
const eventually = <T>(look: () => T | Promise<T>) =>
  vi.waitFor(look, { timeout: 10_000, interval: 10 });

async function failTimes(times: number): Promise<void> {
  for (let count = 1; count <= times; count += 1) {
    await eventually(() => expect(failures()).toBe(count));
    aheadMs += 200 * 2 ** count;
  }
}

test('an event that trips over a bug is tried five times; then the user hears of it, and the next event goes on', async () => {
  content = withBug(bundle(), 'ふしぎな');
  const bad = await say('ふしぎなことがおきました');
  const next = await say('配達済みなのにない');
  await failTimes(4);
  expect(answersTo(bad.eventId)).toEqual([]);
  expect(answersTo(next.eventId), 'order is kept').toEqual([]);

  const [apology] = await eventually(() => {
    expect(answersTo(bad.eventId)).toHaveLength(1);
    return answersTo(bad.eventId);
  });
  expect(apology && wordsOf(apology)).toContain('こちらの不具合で');
  const [answer] = await eventually(() => {
    expect(answersTo(next.eventId)).toHaveLength(1);
    return answersTo(next.eventId);
  });
  expect(answer && wordsOf(answer)).toContain('宅配ボックス');
  expect(failures()).toBe(5);
  await eventually(async () => expect((await store.recall(user)).waiting).toEqual([]));
  const { dead } = await store.recall(user);
  expect(dead.map(({ id }) => id)).toEqual([bad.eventId]);
  expect((await store.stats(Date.now())).dead).toBe(1);
});

test('an event that trips over a bug once is answered as if nothing had been', async () => {
  content = withBug(bundle(), 'ふしぎな');
  const { eventId } = await say('ふしぎなことに配達済みなのに荷物がない');
  await eventually(() => expect(failures()).toBe(1));
  content = bundle();
  aheadMs += 400;
  await eventually(() => expect(answersTo(eventId)).toHaveLength(1));
  await eventually(async () => expect((await store.recall(user)).waiting).toEqual([]));
  expect((await store.recall(user)).dead).toEqual([]);
});

test('an event that wants no answer is no trouble, and is not logged as any', async () => {
  const { eventId } = await say('メニュー');
  await eventually(() => expect(answersTo(eventId)).toHaveLength(1));
  await line.block(user);
  await eventually(async () => expect(await store.recall(user)).toMatchObject({ state: null }));
  expect(logged).toBe('');
});

test('a screen that cannot be drawn is a bug like any other', async () => {
  const good = bundle();
  content = { ...good, letters: { ...good.letters, render: cannotDraw } };
  const { eventId } = await say('メニュー');
  await failTimes(4);
  await eventually(() => expect(answersTo(eventId)).toHaveLength(1));
  expect(answersTo(eventId).map(wordsOf).join('')).toContain('こちらの不具合で');
});

test('a card that did not fit is answered, and the editors find in the log where and why', async () => {
  const good = bundle();
  const render: typeof good.letters.render = (replies, nowMs) => ({
    ...good.letters.render(replies, nowMs),
    problems: ['messages[0].altText must not be empty'],
  });
  content = { ...good, letters: { ...good.letters, render } };
  const { eventId } = await say('メニュー');
  await eventually(() => expect(answersTo(eventId)).toHaveLength(1));
  expect(logged).toContain('altText must not be empty');
});

test('an event of a kind that only a newer version knows waits for one, and nobody apologises', async () => {
  const [id, body] = ['01NEWER0000000000000000001', JSON.parse('{"kind":"of tomorrow"}')];
  const at = Date.now();
  await store.accept([{ id, owner: user, timestampMs: at, receivedMs: at, replyToken: 'x', body }]);
  await eventually(() => expect(logged).toContain('of a newer version'));
  aheadMs += 20_000;
  await sleep(300);
  expect(logged.split('of a newer version')).toHaveLength(2);
  expect(line.calls()).toEqual([]);
  const { waiting, dead } = await store.recall(user);
  expect([waiting.length, dead.length]).toEqual([1, 0]);
});
