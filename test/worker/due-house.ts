import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { createServer } from '../../src/server.ts';
import { createFakeLine } from '../../src/simulator/line.ts';
import type { Sent } from '../../src/simulator/line/world.ts';
import { bundle } from '../support/content.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** An old 「30分後」 button, wherever the content has one: whoever taps it is asked again in half an hour. */
function halfAnHour() {
  for (const [dialog, { nodes }] of Object.entries(bundle().content.dialogs))
    for (const [node, { kind, ...rest }] of Object.entries(nodes))
      if (kind === 'remind' && 'offer' in rest && rest.offer.includes('30m'))
        return { kind: 'postback', data: `a=${dialog}.${node}.30m&s=before` } as const;
  throw new Error('No dialog offers a reminder in half an hour.');
}

export type DueHouse = Awaited<ReturnType<typeof openDueHouse>>;

/** The whole bot with LINE's side on this machine, and one clock for both that a test can move. */
export async function openDueHouse(
  store: { redisUrl?: string; sqlitePath?: string },
  settings: Record<string, string> = {},
) {
  let aheadMs = 0;
  const clock = () => Date.now() + aheadMs;
  const secrets = { channelSecret: 'due-secret', accessToken: 'due-token' };
  const line = createFakeLine({ ...secrets, clock, keep: 5000 });
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    QUIET_HOURS: 'off',
    LINE_CHANNEL_SECRET: secrets.channelSecret,
    LINE_CHANNEL_ACCESS_TOKEN: secrets.accessToken,
    LINE_API_BASE_URL: await line.listen(),
    REDIS_URL: store.redisUrl,
    SQLITE_PATH: store.sqlitePath,
    ...settings,
  });
  const bot = await createServer(config, clock);
  const baseUrl = `http://127.0.0.1:${bot.port}`;
  line.setWebhookUrl(`${baseUrl}/webhook`);
  const pushesTo = (user: string) =>
    line.sent().filter(({ to, by, delivered }) => to === user && by === 'push' && delivered);

  const house = {
    line,
    pushesTo,
    until,
    newUser: () => `U${randomBytes(16).toString('hex')}`,
    jump: (ms: number) => void (aheadMs += ms),
    async answerTo(user: string, what: Parameters<typeof line.emit>[1]): Promise<Sent> {
      const { eventId } = await line.emit(user, what);
      return until(() => line.sent().find((sent) => sent.eventId === eventId), 'The answer');
    },
    say: (user: string, text: string) => house.answerTo(user, { kind: 'text', text }),
    tap: (user: string, data: string) => house.answerTo(user, { kind: 'postback', data }),
    wantReminder: (user: string) => house.answerTo(user, halfAnHour()),
    pushTo: (user: string) => until(() => pushesTo(user)[0], 'The push'),
    pushCalls: () => line.calls().filter(({ path }) => path.endsWith('/push')),
    /** The figure of /metrics. */
    async metric(name: string): Promise<number> {
      const text = await (await fetch(`${baseUrl}/metrics`)).text();
      const found = text.split('\n').find((row) => row.startsWith(`madoguchi_${name} `));
      return Number(found?.split(' ')[1] ?? 0);
    },
    async becomes(name: string, value: number): Promise<void> {
      const endMs = performance.now() + 8000;
      while ((await house.metric(name)) !== value) {
        if (performance.now() > endMs)
          throw new Error(`${name} is ${await house.metric(name)}, not ${value}.`);
        await sleep(20);
      }
    },
    async close() {
      await bot.stop();
      await line.close();
    },
  };
  return house;
}

async function until<T>(find: () => T | undefined, what: string): Promise<T> {
  const endMs = performance.now() + 8000;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`${what} did not happen.`);
    await sleep(10);
  }
}
