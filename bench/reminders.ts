import { setTimeout as sleep } from 'node:timers/promises';
import { someUser } from '../src/simulator/line/id.ts';
import { openStore } from '../src/store/open.ts';
import { promised, seedUsers } from '../test/support/seed-users.ts';
import type { Contender } from './contenders.ts';
import { startFakeLine } from './fake-line.ts';
import { keys, withHouse } from './house.ts';
import { type Spread, spread } from './line-side/phase.ts';

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

const userAt = (index: number): string => someUser('bench', index);

/** Measures one bot with a Redis (AOF everysec) and a LINE of its own. Everything it starts has ended when it returns. */
export async function measureReminders(
  contender: Contender,
  reminders: number,
  say: (text: string) => void,
): Promise<ReminderFigures> {
  return withHouse(async (house) => {
    const replies = (WARM_UP_SECONDS + WITHOUT_SECONDS + DUE_SECONDS) * LIVE_PER_SECOND;
    const line = await startFakeLine(keys, 2 * (reminders + replies));
    house.atEnd(() => line.stop());

    say(`${reminders} promises`);
    // Long enough from now for all that comes before.
    const firstMs = Date.now() + (WARM_UP_SECONDS + WITHOUT_SECONDS) * 1000 + reminders * 2 + 8000;
    const dueMs = (index: number): number =>
      Math.round(firstMs + (index / reminders) * DUE_SECONDS * 1000);
    const store = await openStore({
      redisUrl: house.redis.url,
      sqlitePath: '',
      onError: () => {},
    });
    try {
      await seedUsers(store, reminders, userAt, (fresh, index) =>
        promised(fresh, userAt(index), dueMs(index)),
      );
    } finally {
      await store.close();
    }

    const env = { QUIET_HOURS: 'off', LOG_LEVEL: 'warn' };
    const bot = await house.startBot(contender, line.url, { env });
    await line.ask('webhook', { url: bot.webhookUrl });
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
    const indexOf = new Map(
      Array.from({ length: reminders }, (_, index) => [userAt(index), index]),
    );
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
  });
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
