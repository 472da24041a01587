import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promiseAll, someUser } from '../test/support/promised.ts';
import { freePort, startRedis } from '../test/support/redis.ts';
import { openStore } from '../src/store/open.ts';
import { startBot } from './bot-process.ts';
import { type Spread, spread } from './line-side/phase.ts';
import { startFakeLine } from './fake-line.ts';

export type ReminderFigures = {
  reminders: number;
  /** All of them are due within so many seconds. */
  dueSeconds: number;
  /** From due to sent. */
  latenessMs: Spread;
  /** The latest. */
  worstMs: number;
  missing: number;
  doubled: number;
  /** People who write meanwhile, so many a second: how long they wait for their reply. */
  livePerSecond: number;
  replyMs: Record<'without' | 'meanwhile', Spread>;
  unanswered: number;
};

const DUE_SECONDS = 60;
const LIVE_PER_SECOND = 100;
const WITHOUT_SECONDS = 15;
const WARM_UP_SECONDS = 3;
const SAYS = ['荷物が届かない', 'メニュー', '電話がつながらない', '日本語で話したい'];
const keys = { channelSecret: 'bench-channel-secret', accessToken: 'bench-access-token' };

/** Measures one bot with a Redis (AOF everysec) and a LINE of its own. Everything it starts has ended when it returns. */
export async function measureReminders(
  script: string,
  reminders: number,
  say: (text: string) => void,
): Promise<ReminderFigures> {
  const clean: (() => unknown)[] = [];
  try {
    const redis = await startRedis({ appendonly: true, appendfsync: 'everysec' });
    clean.push(() => redis.stop());
    const line = await startFakeLine(keys, reminders + 100);
    clean.push(() => line.stop());
    const cwd = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'));
    clean.push(() => rmSync(cwd, { recursive: true, force: true }));

    say(`${reminders} promises`);
    const users = Array.from({ length: reminders }, (_, index) => someUser('bench', index));
    // Long enough from now for all that comes before.
    const firstMs = Date.now() + (WARM_UP_SECONDS + WITHOUT_SECONDS) * 1000 + reminders * 2 + 8000;
    const dueMs = (index: number): number =>
      Math.round(firstMs + (index / reminders) * DUE_SECONDS * 1000);
    const store = await openStore({ redisUrl: redis.url, sqlitePath: '', onError: () => {} });
    await promiseAll(store, users, dueMs);
    await store.close();

    const port = await freePort();
    const env = {
      REDIS_URL: redis.url,
      LINE_CHANNEL_SECRET: keys.channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: keys.accessToken,
      LINE_API_BASE_URL: line.url,
      QUIET_HOURS: 'off',
      LOG_LEVEL: 'warn',
    };
    const bot = await startBot({ script, port, cwd, env });
    clean.push(() => bot.stop());
    await line.ask('webhook', { url: `http://127.0.0.1:${port}/webhook` });
    const live = (seconds: number) =>
      line.load({
        events: seconds * LIVE_PER_SECOND,
        users: 500,
        says: SAYS,
        perSecond: LIVE_PER_SECOND,
      });

    say('replies without reminders');
    await live(WARM_UP_SECONDS);
    const without = await live(WITHOUT_SECONDS);
    if (Date.now() > firstMs) throw new Error('The machine is too slow for this bench.');
    await sleep(firstMs - Date.now());
    say('replies and reminders');
    const meanwhile = await live(DUE_SECONDS);
    await line.pushed(reminders);

    const sent = await line.sentPushes();
    const indexOf = new Map(users.map((user, index) => [user, index]));
    const lateness = sent.map(({ to, atMs }) => Math.max(0, atMs - dueMs(indexOf.get(to) ?? 0)));
    const reached = new Set(sent.map(({ to }) => to));
    return {
      reminders,
      dueSeconds: DUE_SECONDS,
      latenessMs: spread(lateness),
      worstMs: lateness.reduce((most, ms) => Math.max(most, ms), 0),
      missing: reminders - reached.size,
      doubled: sent.length - reached.size,
      livePerSecond: LIVE_PER_SECOND,
      replyMs: { without: without.replyMs, meanwhile: meanwhile.replyMs },
      unanswered: without.events - without.replied + meanwhile.events - meanwhile.replied,
    };
  } finally {
    for (const each of clean.toReversed()) await each();
  }
}

/** The figures in lines. */
export function reminderLines(figures: ReminderFigures): string {
  const { reminders, dueSeconds, latenessMs, worstMs, missing, doubled, replyMs } = figures;
  return [
    `${reminders} reminders due within ${dueSeconds} s, ${figures.livePerSecond} live events/s`,
    `  lateness               ${spreadOf(latenessMs)}, worst ${worstMs.toFixed(0)} ms`,
    `  missing, sent twice    ${missing}, ${doubled}`,
    `  live reply without     ${spreadOf(replyMs.without)}`,
    `  live reply meanwhile   ${spreadOf(replyMs.meanwhile)}; unanswered ${figures.unanswered}`,
  ].join('\n');
}

function spreadOf({ p50, p99 }: Spread): string {
  return `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`;
}
