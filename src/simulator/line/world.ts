import type { Faults } from './faults.ts';
import type { People } from './people.ts';
import type { Quota } from './quota.ts';
import type { ReplyTokens } from './reply-tokens.ts';
import type { RichMenus } from './rich-menus.ts';
import type { createRetryKeys } from './retry-keys.ts';
import type { Ring } from './ring.ts';
import type { Delivery } from './webhook.ts';

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
  | { type: 'loading'; to: string; seconds: number }
  | { type: 'read'; to?: string };

/** The memory of the fake platform, shared by its endpoints. */
export type World = {
  clock: () => number;
  accessToken: string;
  botUserId: string;
  webhookUrl: string;
  validate: boolean;
  slim: boolean;
  tokens: ReplyTokens;
  retryKeys: ReturnType<typeof createRetryKeys>;
  quota: Quota;
  people: People;
  faults: Faults;
  richMenus: RichMenus;
  /** What the operator has switched in LINE's consoles. */
  console: { webhookActive: boolean; chatMode: 'bot' | 'chat' };
  rate: (route: string) => boolean;
  sent: Ring<Sent>;
  calls: Ring<Call>;
  events: Ring<Emitted>;
  listeners: Set<(news: News) => void>;
  newMessageId(): string;
  tell(news: News): void;
  /** A signed request with the given events to the webhook URL, whatever they are. */
  post(events: readonly unknown[], url?: string): Promise<Delivery>;
  /** Ends the connections to the bot. */
  hangUp(): Promise<void>;
};
