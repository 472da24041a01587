import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeLine, type FakeLineOptions, createFakeLine } from '../src/simulator/line.ts';
import { openStore } from '../src/store/open.ts';
import type { Store } from '../src/store/store.ts';
import { type TestRedis, freePort, startRedis } from '../test/support/redis.ts';
import { type Bot, createBot } from './bot.ts';
import { type Ledger, createLedger } from './ledger.ts';

export type Stage = {
  line: FakeLine;
  bots: Bot[];
  ledger: Ledger;
  /** Absent when the bots keep everything in SQLite, or in a Redis that the scenario has started itself. */
  redis?: TestRedis;
  /** Opens the same store beside the bots, to look into it. Whoever opens it closes it. */
  openStore(): Promise<Store>;
  /** What the bots logged as an error, and how often. */
  errors: ReadonlyMap<string, number>;
  /** Ends and removes everything. */
  close(): Promise<void>;
};

export type StageOptions = {
  bots: number;
  store: 'redis' | 'sqlite' | { url: string };
  line?: Partial<FakeLineOptions>;
  env?: Readonly<Record<string, string>>;
  /** False: nothing is written down, for loads of any length. */
  book?: boolean;
};

const SECRET = 'chaos-secret';
const TOKEN = 'chaos-token';

/**
 * LINE's side in this process, a Redis (appendfsync always) or a SQLite file, and bots that are not started yet.
 * A webhook request goes to one of the bots that are up, in turn, as a load balancer would do it.
 */
export async function openStage(options: StageOptions): Promise<Stage> {
  const cwd = mkdtempSync(join(tmpdir(), 'madoguchi-chaos-'));
  const redis =
    options.store === 'redis'
      ? await startRedis({ appendonly: true, appendfsync: 'always' })
      : undefined;
  const redisUrl = typeof options.store === 'object' ? options.store.url : redis?.url;
  const sqlitePath = join(cwd, 'bot.sqlite');
  const line = createFakeLine({
    channelSecret: SECRET,
    accessToken: TOKEN,
    anybody: true,
    monthlyLimit: null,
    ratePerSecond: null,
    validate: false,
    // LINE gives up sooner; here nothing is to be missed for that reason.
    redelivery: { times: 12, afterMs: 200 },
    keep: 50_000,
    slim: true,
    ...options.line,
  });
  const ledger = createLedger(line, options.book ?? true);
  const errors = new Map<string, number>();
  const env = {
    LOG_LEVEL: 'error',
    LINE_CHANNEL_SECRET: SECRET,
    LINE_CHANNEL_ACCESS_TOKEN: TOKEN,
    LINE_API_BASE_URL: await line.listen(),
    QUIET_HOURS: 'off',
    ...(redisUrl === undefined ? { SQLITE_PATH: sqlitePath } : { REDIS_URL: redisUrl }),
    ...options.env,
  };
  const hear = (said: string): void => {
    const words = wordsOf(said);
    if (words !== undefined) errors.set(words, (errors.get(words) ?? 0) + 1);
  };
  const bots: Bot[] = [];
  for (let index = 0; index < options.bots; index += 1)
    bots.push(createBot({ port: await freePort(), cwd, env, hear }));

  let turn = 0;
  const balance = setInterval(() => {
    const live = bots.filter((bot) => bot.up());
    const next = live[turn++ % Math.max(1, live.length)] ?? bots[0];
    if (next) line.setWebhookUrl(next.url);
  }, 2);

  return {
    line,
    bots,
    ledger,
    ...(redis ? { redis } : {}),
    openStore: () => openStore({ redisUrl, sqlitePath }),
    errors,
    async close() {
      clearInterval(balance);
      await Promise.all(bots.map((bot) => bot.kill()));
      await line.close();
      await redis?.stop();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

/** The message of a line of the bot's log, without what it is about. */
function wordsOf(line: string): string | undefined {
  try {
    const { msg } = JSON.parse(line) as { msg?: unknown };
    return typeof msg === 'string' ? msg : undefined;
  } catch {
    return undefined;
  }
}
