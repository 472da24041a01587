import { createFaults } from './faults.ts';
import { newUserId } from './id.ts';
import { createPeople } from './people.ts';
import { createQuota } from './quota.ts';
import { createRate } from './rate.ts';
import { createReplyTokens } from './reply-tokens.ts';
import { createRetryKeys } from './retry-keys.ts';
import { createRichMenus } from './rich-menus.ts';
import { createRing } from './ring.ts';
import { createWebhook, type Delivery } from './webhook.ts';

/** Something that was said to somebody. */
export type Sent = {
  atMs: number;
  to: string;
  by: 'reply' | 'push';
  requestId: string;
  /** The event whose reply token was used. */
  eventId?: string;
  retryKey?: string;
  /** How many message objects; the objects themselves are left out in a slim log. */
  count: number;
  messages: unknown[];
  messageIds: string[];
  /** False: accepted by LINE, but the user has blocked the account. */
  delivered: boolean;
};

export type Call = {
  atMs: number;
  requestId: string;
  method: string;
  path: string;
  /** 0: the connection was cut instead. */
  status: number;
  ms: number;
  request?: unknown;
  response?: unknown;
  fault?: string;
};

export type Emitted = {
  atMs: number;
  eventId: string;
  to: string;
  replyToken?: string;
  event: Record<string, unknown>;
  /** One entry per delivery, the redeliveries among them. */
  deliveries: (Delivery & { redelivery: boolean })[];
};

/** What happens on the platform, for whoever listens. */
export type News =
  | { type: 'sent'; sent: Sent }
  | { type: 'emitted'; emitted: Emitted }
  | { type: 'delivered'; emitted: Emitted }
  | { type: 'call'; call: Call }
  | { type: 'loading'; to: string; seconds: number };

export type WorldOptions = {
  /** LINE's clock in ms: tokens, quota, timestamps. Timers (redelivery, hangs) run in real time. */
  clock?: () => number;
  channelSecret: string;
  accessToken: string;
  /** Where the bot listens; may be set later with `setWebhookUrl`. */
  webhookUrl?: string;
  /** Pushes a month; null: no limit. */
  monthlyLimit?: number | null;
  /** False: messages are not checked, for benches. */
  validate?: boolean;
  /** Default calls per second of an endpoint; null: no limit. */
  ratePerSecond?: number | null;
  /** True: any well-formed user id exists. */
  anybody?: boolean;
  /** LINE waits 2 s for the bot's answer; coarse to about 1 s here. */
  webhookTimeoutMs?: number;
  /** How many calls, events and sent answers are remembered of each. */
  keep?: number;
  /** True: the logs hold no contents, only who, when and how. */
  slim?: boolean;
  /** What the operator has switched in LINE's consoles: "Use webhook" (on), and Chat (off: `bot`). */
  console?: { webhookActive?: boolean; chatMode?: 'bot' | 'chat' };
};

/** The memory of the fake platform, shared by its endpoints. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(options: WorldOptions) {
  const { channelSecret, accessToken, clock = Date.now, keep = 500 } = options;
  const { monthlyLimit = 200, ratePerSecond = 2000, webhookTimeoutMs = 2000 } = options;
  const botUserId = newUserId();
  const webhook = createWebhook({
    channelSecret,
    destination: botUserId,
    timeoutMs: webhookTimeoutMs,
  });
  const listeners = new Set<(news: News) => void>();
  // Beyond those that a chat page still shows from before a restart.
  let nextMessageId = BigInt(Math.floor(clock())) * 100_000n;
  return {
    clock,
    accessToken,
    botUserId,
    webhookUrl: options.webhookUrl ?? '',
    validate: options.validate ?? true,
    slim: options.slim ?? false,
    tokens: createReplyTokens(clock),
    retryKeys: createRetryKeys(clock),
    quota: createQuota(clock, monthlyLimit ?? undefined),
    people: createPeople(options.anybody ?? false),
    faults: createFaults(),
    richMenus: createRichMenus(),
    console: { webhookActive: true, chatMode: 'bot', ...options.console },
    /** Whether the endpoint takes one more call now. */
    rate: ratePerSecond === null ? () => true : createRate(clock, ratePerSecond),
    sent: createRing<Sent>(keep),
    calls: createRing<Call>(keep),
    events: createRing<Emitted>(keep),
    listeners,
    newMessageId: () => String((nextMessageId += 1n)),
    tell(news: News) {
      for (const listener of listeners) listener(news);
    },
    /** A signed request with the given events, whatever they are. */
    post: webhook.post,
    /** Ends the connections to the bot. */
    hangUp: webhook.close,
  };
}
