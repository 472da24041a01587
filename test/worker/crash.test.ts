import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FakeLine, createFakeLine } from '../../src/simulator/line.ts';
import type { Fault } from '../../src/simulator/line/faults.ts';
import { openStore } from '../../src/store/open.ts';
import { wordsOf } from '../support/house.ts';
import { type BotProcess, startProcess } from '../support/process.ts';
import { type TestRedis, startRedis } from '../support/redis.ts';

// A lease runs for eight seconds: the tests wait side by side.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 30_000 });

const SECRET = 'crash-secret';
const TOKEN = 'crash-token';
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-crash-'));
const running: BotProcess[] = [];
const lines: FakeLine[] = [];
let redis: TestRedis;
let frail: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  frail = await startRedis({ appendonly: true });
});
afterAll(async () => {
  for (const bot of running) bot.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  await Promise.all(lines.map((line) => line.close()));
  await Promise.all([redis.stop(), frail.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

type Place = { redisUrl?: string; sqlitePath?: string };

/** A LINE of its own (so the store must be its own, too) and a way to start bots that answer there, all on one store. */
async function stage(place: Place, settings: Record<string, string> = {}) {
  const line = createFakeLine({ channelSecret: SECRET, accessToken: TOKEN, anybody: true });
  lines.push(line);
  const env = {
    PORT: '0',
    LOG_LEVEL: 'warn',
    LINE_CHANNEL_SECRET: SECRET,
    LINE_CHANNEL_ACCESS_TOKEN: TOKEN,
    LINE_API_BASE_URL: await line.listen(),
    ...settings,
    ...(place.redisUrl === undefined ? {} : { REDIS_URL: place.redisUrl }),
    ...(place.sqlitePath === undefined ? {} : { SQLITE_PATH: place.sqlitePath }),
  };
  const user = `U${randomBytes(16).toString('hex')}`;
  const answersTo = (eventId: string) => line.sent().filter((sent) => sent.eventId === eventId);
  return {
    line,
    user,
    answersTo,
    async start(): Promise<BotProcess> {
      const bot = startProcess({ cwd: folder, env });
      running.push(bot);
      await bot.ready();
      line.setWebhookUrl(`${bot.baseUrl()}/webhook`);
      return bot;
    },
    /** Sends a text and comes back when the bot's answer to it has reached LINE, or hangs there. */
    async sayInto(fault: Fault, text: string) {
      line.faults.add(fault);
      const emitted = await line.emit(user, { kind: 'text', text });
      await eventually(() => {
        expect(line.faults.list()).toEqual([]);
        expect(answersTo(emitted.eventId)).toHaveLength(fault.delivered ? 1 : 0);
      });
      return emitted;
    },
    async say(text: string) {
      const { eventId } = await line.emit(user, { kind: 'text', text });
      return eventually(() => {
        const [sent] = answersTo(eventId);
        if (!sent) throw new Error('There is no answer yet.');
        return wordsOf(sent);
      });
    },
    /** Until nothing waits any more; then what is known of the user. */
    async settled() {
      const store = await openStore({ redisUrl: undefined, sqlitePath: '', ...place });
      try {
        return await eventually(async () => {
          const { waiting, dead, state } = await store.recall(user);
          expect([waiting, dead]).toEqual([[], []]);
          return state;
        });
      } finally {
        await store.close();
      }
    },
  };
}

const eventually = <T>(look: () => T | Promise<T>) =>
  vi.waitFor(look, { timeout: 40_000, interval: 20 });

const repliesTo = (line: FakeLine) => line.calls().filter(({ path }) => path.endsWith('/reply'));

const said: Fault = { kind: 'hang', on: 'reply', times: 1, delivered: true };
const unsaid: Fault = { kind: 'hang', on: 'reply', times: 1 };

describe.concurrent('a process that is killed', () => {
  test('after LINE took the answer, before it was committed: another one commits and says nothing again', async () => {
    const { start, sayInto, say, settled, answersTo, line } = await stage({
      redisUrl: `${redis.url}/1`,
    });
    const first = await start();
    const { eventId } = await sayInto(said, '配達済みになっているのに荷物がない');
    await start();
    first.kill('SIGKILL');
    expect(await settled()).toMatchObject({ dialog: 'delivered-missing', node: 'places' });
    expect(answersTo(eventId)).toHaveLength(1);
    // The second try found the token spent, and said no more.
    expect(repliesTo(line).map(({ response }) => response)).toMatchObject([
      { message: 'Invalid reply token' },
    ]);
    expect(await say('2')).toContain('手がかり');
  });

  test('before LINE took the answer: another one answers while the token lives', async () => {
    const { start, sayInto, say, settled, answersTo } = await stage({ redisUrl: `${redis.url}/2` });
    const first = await start();
    const { eventId } = await sayInto(unsaid, '配達済みになっているのに荷物がない');
    await start();
    first.kill('SIGKILL');
    await eventually(() => expect(answersTo(eventId)).toHaveLength(1));
    expect(await settled()).toMatchObject({ dialog: 'delivered-missing', node: 'places' });
    expect(answersTo(eventId)).toHaveLength(1);
    expect(await say('2')).toContain('手がかり');
  });

  test('and started again on its SQLite file goes on in the same way', async () => {
    const { start, sayInto, say, settled, answersTo } = await stage({
      sqlitePath: join(folder, 'killed.sqlite'),
    });
    const first = await start();
    const { eventId } = await sayInto(said, '配達済みになっているのに荷物がない');
    first.kill('SIGKILL');
    await first.ended;
    await start();
    expect(await settled()).toMatchObject({ dialog: 'delivered-missing', node: 'places' });
    expect(answersTo(eventId)).toHaveLength(1);
    expect(await say('2')).toContain('手がかり');
  });

  test('is no different from a store that dies between the answer and its commit', async () => {
    const { start, sayInto, say, settled, answersTo, line } = await stage({ redisUrl: frail.url });
    await start();
    const { eventId } = await sayInto(
      { kind: 'slow', on: 'reply', times: 1, delivered: true, ms: 4000 },
      '配達済みになっているのに荷物がない',
    );
    await frail.kill();
    // LINE's "sent" finds no store to commit to.
    await eventually(() => expect(repliesTo(line).map(({ status }) => status)).toEqual([200]));
    await frail.restart();
    expect(await settled()).toMatchObject({ dialog: 'delivered-missing', node: 'places' });
    expect(answersTo(eventId)).toHaveLength(1);
    // The bot remembers that it was said: LINE was not asked again.
    expect(repliesTo(line)).toHaveLength(1);
    expect(await say('2')).toContain('手がかり');
  });
});

test('a process that was stopped for longer than its lease pushes nothing beside the answer of another', async () => {
  const place = { redisUrl: `${redis.url}/3` };
  const { start, settled, line, user } = await stage(place, { PUSH_FALLBACK: 'on' });
  await start();
  const stopped = await start();
  // After the fourth it waits for a second or two: long enough to be stopped there.
  line.faults.add({ kind: 'rate', on: 'reply', times: 4 });
  await line.emit(user, { kind: 'text', text: '配達済みになっているのに荷物がない' });
  await eventually(() => expect(line.faults.list()).toEqual([]));
  stopped.kill('SIGSTOP');
  const saidTo = () => line.sent().filter(({ to }) => to === user);
  await eventually(() => expect(saidTo()).toHaveLength(1));
  await settled();
  stopped.kill('SIGCONT');
  await eventually(() => expect(stopped.stdout()).toContain('担当が入れ替わりました'));
  expect(saidTo().map(({ by }) => by)).toEqual(['reply']);
});
