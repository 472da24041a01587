import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestRedis, freePort, startRedis } from '../test/support/redis.ts';
import { type BotProcess, startBot } from './bot-process.ts';
import type { Contender } from './contenders.ts';

/** What a bot and its LINE share. */
export const keys = { channelSecret: 'bench-channel-secret', accessToken: 'bench-access-token' };

export type House = {
  redis: TestRedis;
  /** To be done at the end, the last first. */
  atEnd(end: () => unknown): void;
  /** Starts the bot between this Redis and a LINE. */
  startBot(
    bot: Pick<Contender, 'script' | 'flags' | 'env'>,
    lineUrl: string,
    more?: { env?: Readonly<Record<string, string>>; profile?: string | undefined },
  ): Promise<BotProcess & { webhookUrl: string }>;
};

/** A Redis (AOF everysec) and a folder of their own for `work`; all that is started has ended when it returns or throws. */
export async function withHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = [];
  try {
    const redis = await startRedis({ appendonly: true, appendfsync: 'everysec' });
    ends.push(() => redis.stop());
    const cwd = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'));
    ends.push(() => rmSync(cwd, { recursive: true, force: true }));
    return await work({
      redis,
      atEnd: (end) => void ends.push(end),
      async startBot({ script, flags, env: own = {} }, lineUrl, { env = {}, profile } = {}) {
        const port = await freePort();
        const settings = {
          REDIS_URL: redis.url,
          LINE_CHANNEL_SECRET: keys.channelSecret,
          LINE_CHANNEL_ACCESS_TOKEN: keys.accessToken,
          LINE_API_BASE_URL: lineUrl,
          ...own,
          ...env,
        };
        const bot = await startBot({ script, flags, port, cwd, env: settings, profile });
        ends.push(() => bot.stop());
        return { ...bot, webhookUrl: `http://127.0.0.1:${port}/webhook` };
      },
    });
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}
