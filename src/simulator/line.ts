import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmitter, type Emitter } from './line/emit.ts';
import { createFaults, type Faults } from './line/faults.ts';
import { newUserId } from './line/id.ts';
import { createPeople, type People } from './line/people.ts';
import { createQuota, type Quota } from './line/quota.ts';
import { createRate } from './line/rate.ts';
import { createReplyTokens } from './line/reply-tokens.ts';
import { createRetryKeys } from './line/retry-keys.ts';
import { createRichMenus, type RichMenus } from './line/rich-menus.ts';
import { createRing } from './line/ring.ts';
import { createServer } from './line/server.ts';
import { createWebhook } from './line/webhook.ts';
import type { Call, Emitted, News, Sent, World } from './line/world.ts';

export type FakeLineOptions = {
  /** LINE's clock in ms: tokens, quota, timestamps. Timers (redelivery, hangs) run in real time. */
  clock?: () => number;
  channelSecret: string;
  accessToken: string;
  /** Where the bot listens; may be set later with `setWebhookUrl`. */
  webhookUrl?: string;
  tokenLifeMs?: number;
  /** Pushes a month; null: no limit. */
  monthlyLimit?: number | null;
  /** False: messages are not checked, for benches. */
  validate?: boolean;
  /** Default calls per second of an endpoint; null: no limit. */
  ratePerSecond?: number | null;
  /** True: any well-formed user id exists. */
  anybody?: boolean;
  /** How often and after how long an event is delivered again that got no 2xx; each pause is twice the one before. */
  redelivery?: { times: number; afterMs: number };
  /** LINE waits 2 s for the bot's answer; coarse to about 1 s here. */
  webhookTimeoutMs?: number;
  /** How many calls, events and sent answers are remembered of each. */
  keep?: number;
  /** True: the logs hold no contents, only who, when and how. */
  slim?: boolean;
  /** What the operator has switched in LINE's consoles: "Use webhook" (on), and Chat (off: `bot`). */
  console?: { webhookActive?: boolean; chatMode?: 'bot' | 'chat' };
  /** Decides on faults that have a `chance`. */
  random?: () => number;
};

export type FakeLine = Pick<Emitter, 'emit' | 'redeliver' | 'post' | 'duplicateNext' | 'idle'> & {
  /** Request listener of api.line.me. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Serves `handle` on loopback; says the base URL for the bot's client. */
  listen(port?: number): Promise<string>;
  /** Kills the live reply tokens of one chat, or all. */
  expireTokens(chat?: string): void;
  block(userId: string): Promise<Emitted>;
  unblock(userId: string): Promise<Emitted>;
  setWebhookUrl(url: string): void;
  webhookUrl(): string;
  /** Hears everything that happens; returns how to stop. */
  listenTo(listener: (news: News) => void): () => void;
  readonly people: People;
  readonly faults: Faults;
  readonly richMenus: RichMenus;
  readonly quota: Quota;
  /** The newest entries of each log, oldest first. */
  sent(count?: number): Sent[];
  calls(count?: number): Call[];
  events(count?: number): Emitted[];
  /** How many there ever were, those forgotten included. */
  totals(): { sent: number; calls: number; events: number };
  /** Forgets the logs and the faults; people, tokens and the quota stay. */
  clearLogs(): void;
  close(): Promise<void>;
};

/**
 * LINE's side of the Messaging API on this machine, keeping LINE's rules (line-facts): signed webhooks and their
 * redelivery, single-use reply tokens with a life, limits of messages, retry keys, rate limits, quota, blocks.
 * Everything is in memory and bounded.
 */
export function createFakeLine(options: FakeLineOptions): FakeLine {
  const world = createWorld(options);
  const emitter = createEmitter(world, options.redelivery ?? { times: 3, afterMs: 1000 });
  const handle = createServer(world);
  const server = createHttp(handle);

  return {
    handle,
    async listen(port = 0) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    emit: emitter.emit,
    redeliver: emitter.redeliver,
    post: emitter.post,
    duplicateNext: emitter.duplicateNext,
    idle: emitter.idle,
    expireTokens: (chat) => world.tokens.expire(chat),
    block(userId) {
      Object.assign(world.people.meet(userId), { friend: false, blocked: true });
      return emitter.emit(userId, { kind: 'unfollow' });
    },
    unblock(userId) {
      const person = world.people.meet(userId);
      const isUnblocked = person.blocked;
      Object.assign(person, { friend: true, blocked: false });
      return emitter.emit(userId, { kind: 'follow', isUnblocked });
    },
    setWebhookUrl: (url) => void (world.webhookUrl = url),
    webhookUrl: () => world.webhookUrl,
    listenTo(listener) {
      world.listeners.add(listener);
      return () => void world.listeners.delete(listener);
    },
    people: world.people,
    faults: world.faults,
    richMenus: world.richMenus,
    quota: world.quota,
    sent: (count) => world.sent.list(count),
    calls: (count) => world.calls.list(count),
    events: (count) => world.events.list(count),
    totals: () => ({
      sent: world.sent.total(),
      calls: world.calls.total(),
      events: world.events.total(),
    }),
    clearLogs() {
      for (const log of [world.sent, world.calls, world.events]) log.clear();
      world.faults.clear();
    },
    async close() {
      emitter.close();
      world.listeners.clear();
      await world.hangUp();
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function createWorld(options: FakeLineOptions): World {
  const { channelSecret, accessToken, clock = Date.now, keep = 500 } = options;
  const { monthlyLimit = 200, ratePerSecond = 2000, webhookTimeoutMs = 2000 } = options;
  const botUserId = newUserId();
  const webhook = createWebhook({
    channelSecret,
    destination: botUserId,
    timeoutMs: webhookTimeoutMs,
  });
  const listeners: World['listeners'] = new Set();
  // Beyond those that a chat page still shows from before a restart.
  let nextMessageId = BigInt(Math.floor(clock())) * 100_000n;
  const world: World = {
    clock,
    accessToken,
    botUserId,
    webhookUrl: options.webhookUrl ?? '',
    validate: options.validate ?? true,
    slim: options.slim ?? false,
    tokens: createReplyTokens({ clock, lifeMs: options.tokenLifeMs ?? 60_000 }),
    retryKeys: createRetryKeys(clock),
    quota: createQuota(clock, monthlyLimit ?? undefined),
    people: createPeople(options.anybody ?? false),
    faults: createFaults(options.random ?? Math.random),
    richMenus: createRichMenus(),
    console: { webhookActive: true, chatMode: 'bot', ...options.console },
    rate: ratePerSecond === null ? () => true : createRate(clock, ratePerSecond),
    sent: createRing(keep),
    calls: createRing(keep),
    events: createRing(keep),
    listeners,
    newMessageId: () => String((nextMessageId += 1n)),
    tell(news) {
      for (const listener of listeners) listener(news);
    },
    post: (events, url = world.webhookUrl) => webhook.post(url, events),
    hangUp: webhook.close,
  };
  return world;
}
