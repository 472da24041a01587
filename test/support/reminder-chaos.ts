import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFakeLine } from '../../src/simulator/line.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { type BotProcess, startProcess } from './process.ts';
import { promiseAll, someUser } from './promised.ts';

export type ReminderChaos = {
  store: { redisUrl?: string; sqlitePath: string };
  /** Where the bots' processes run. */
  cwd: string;
  bots: number;
  kills: number;
  reminders: number;
  /** Names the users and every random choice: the same seed kills at the same moments. */
  seed: string;
  /** How long to wait for the last ones after the last kill. */
  patienceMs?: number;
};

export type ReminderChaosResult = {
  /** Users who got their reminder never, and those who got it more than once. */
  missing: string[];
  doubled: string[];
  /** Left in the store: timers, waiting events, dead letters. */
  left: number;
  /** Pushes that LINE had taken before. */
  repeated: number;
};

/** Between two kills, in ms. */
const LONGEST_LIFE_MS = 900;

/**
 * Real bots with reminders that are due all the while, each killed (-9) again and again at random moments and started
 * anew. LINE takes pushes at once and answers late, so that many a bot dies between "sent" and "committed".
 */
export async function runReminderChaos(options: ReminderChaos): Promise<ReminderChaosResult> {
  const { store: place, cwd, bots, kills, reminders, seed, patienceMs = 30_000 } = options;
  const random = numbers(seed);
  const secrets = { channelSecret: 'chaos-secret', accessToken: 'chaos-token' };
  const keep = reminders * 10;
  const line = createFakeLine({ ...secrets, anybody: true, monthlyLimit: null, keep, random });
  const env = {
    PORT: '0',
    NODE_ENV: 'production',
    LOG_LEVEL: 'fatal',
    QUIET_HOURS: 'off',
    LINE_CHANNEL_SECRET: secrets.channelSecret,
    LINE_CHANNEL_ACCESS_TOKEN: secrets.accessToken,
    LINE_API_BASE_URL: await line.listen(),
    SQLITE_PATH: place.sqlitePath,
    ...(place.redisUrl === undefined ? {} : { REDIS_URL: place.redisUrl }),
  };
  const open = () => openStore({ redisUrl: undefined, ...place, onError: () => {} });
  const users = Array.from({ length: reminders }, (_, index) => someUser(seed, index));
  const running: BotProcess[] = [];
  const start = (index: number): void => void (running[index] = startProcess({ cwd, env }));
  const pushes = () => line.sent().filter(({ by }) => by === 'push');

  try {
    const beginMs = Date.now() + 1500;
    const spanMs = (kills * LONGEST_LIFE_MS) / 2;
    const seeding = await open();
    await promiseAll(seeding, users, (index) => beginMs + Math.round((index / reminders) * spanMs));
    await seeding.close();
    line.faults.add({ kind: 'slow', on: 'push', ms: 150, chance: 0.5 });
    for (let index = 0; index < bots; index += 1) start(index);
    await Promise.all(running.map((bot) => bot.ready()));

    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(random() * LONGEST_LIFE_MS);
      const index = Math.floor(random() * bots);
      running[index]?.kill('SIGKILL');
      await running[index]?.ended;
      start(index);
    }
    line.faults.clear();
    await Promise.all(running.map((bot) => bot.ready()));
    const endMs = performance.now() + patienceMs;
    while (new Set(pushes().map(({ to }) => to)).size < reminders && performance.now() < endMs)
      await sleep(50);

    const looking = place.redisUrl === undefined ? undefined : await open();
    // What was sent is committed a moment later; a job of a dead bot is taken over by its lease.
    let left = Number.POSITIVE_INFINITY;
    while (looking && left > 0 && performance.now() < endMs) {
      left = await remains(looking);
      await sleep(100);
    }
    for (const bot of running) bot.kill('SIGTERM');
    await Promise.all(running.map(({ ended }) => ended));
    const store = looking ?? (await open());
    left = await remains(store);
    await store.close();

    const times = new Map<string, number>();
    for (const { to } of pushes()) times.set(to, (times.get(to) ?? 0) + 1);
    return {
      missing: users.filter((user) => !times.has(user)),
      doubled: users.filter((user) => (times.get(user) ?? 0) > 1),
      left,
      repeated: line.calls().filter(({ status }) => status === 409).length,
    };
  } finally {
    for (const bot of running) bot.kill('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    await line.close();
  }
}

async function remains(store: Store): Promise<number> {
  const { waiting, timers, timersDue, dead } = await store.stats(Date.now());
  return waiting + timers + timersDue + dead;
}

/** A small generator of numbers from 0 to 1 (Park and Miller). */
function numbers(seed: string): () => number {
  let state = (createHash('md5').update(seed).digest().readUInt32BE(0) % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
