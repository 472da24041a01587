import { readConfig } from '../../src/config.ts';
import { createServer } from '../../src/server.ts';
import { type FakeLine, type FakeLineOptions, createFakeLine } from '../../src/simulator/line.ts';
import { newUserId } from '../../src/simulator/line/id.ts';
import type { Emitted, Sent } from '../../src/simulator/line/world.ts';

export type House = {
  line: FakeLine;
  baseUrl: string;
  /** The answer to one event: waits until LINE was called with its reply token. */
  answerTo: (emitted: Emitted, withinMs?: number) => Promise<Sent>;
  /** A user who has not been seen before. */
  newUser: () => string;
  stopBot: () => Promise<void>;
  /** Starts the bot again on the same store. */
  startBot: () => Promise<void>;
  close: () => Promise<void>;
};

const SECRET = 'house-secret';
const TOKEN = 'house-token';

/**
 * The whole bot as it runs in production, with LINE's side on this machine: only the address of LINE differs.
 * `clock`: of both.
 */
export async function openHouse(
  store: { redisUrl?: string; sqlitePath?: string },
  more: {
    settings?: Readonly<Record<string, string>>;
    line?: Partial<FakeLineOptions>;
    clock?: () => number;
  } = {},
): Promise<House> {
  const { settings = {}, clock = Date.now } = more;
  const keys = { channelSecret: SECRET, accessToken: TOKEN };
  const line = createFakeLine({ ...keys, clock, anybody: true, ...more.line });
  const lineUrl = await line.listen();
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    LINE_CHANNEL_SECRET: SECRET,
    LINE_CHANNEL_ACCESS_TOKEN: TOKEN,
    LINE_API_BASE_URL: lineUrl,
    REDIS_URL: store.redisUrl,
    SQLITE_PATH: store.sqlitePath,
    ...settings,
  });
  let bot = await createServer(config, clock);
  line.setWebhookUrl(`http://127.0.0.1:${bot.port}/webhook`);
  let up = true;

  return {
    line,
    get baseUrl() {
      return `http://127.0.0.1:${bot.port}`;
    },
    newUser: newUserId,
    async answerTo(emitted, withinMs = 5000) {
      const until = performance.now() + withinMs;
      for (;;) {
        const sent = line.sent().find(({ eventId }) => eventId === emitted.eventId);
        if (sent) return sent;
        if (performance.now() > until)
          throw new Error(`Event ${emitted.eventId} was not answered.`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async stopBot() {
      if (up) await bot.stop();
      up = false;
    },
    async startBot() {
      bot = await createServer(config, clock);
      up = true;
      line.setWebhookUrl(`http://127.0.0.1:${bot.port}/webhook`);
    },
    async close() {
      if (up) await bot.stop();
      await line.close();
    },
  };
}

/** What a user reads of an answer: texts, and what stands in for the cards. */
export function wordsOf(sent: Sent): string {
  return sent.messages
    .map((message) => {
      const { text, altText } = message as { text?: string; altText?: string };
      return text ?? altText ?? '';
    })
    .join('\n');
}

/** The postback data behind the button with that label, in the cards or the quick replies. */
export function buttonOf(sent: Sent, label: string): string {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const action = value as {
      type?: unknown;
      label?: unknown;
      data?: unknown;
      displayText?: unknown;
    };
    const said = [action.label, action.displayText];
    if (typeof action.data === 'string' && said.some((each) => String(each).endsWith(label))) {
      found.push(action.data);
    }
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(sent.messages);
  if (found[0] === undefined) throw new Error(`No button 「${label}」 in: ${wordsOf(sent)}`);
  return found[0];
}
