import type { FakeLine } from '../src/simulator/line.ts';

/** What LINE saw of one event. */
export type Entry = {
  id: string;
  to: string;
  atMs: number;
  event: Record<string, unknown>;
  /** When the bot first took it with 200, by performance.now(). */
  ackedAt?: number;
  /** Message counts of the replies with its token: more than one entry means that it was said twice. */
  replies: number[];
  repliedAt?: number;
  calls: number;
};

/** The other side's book: every event that was made, who took it, and what was said to whom. */
export type Ledger = {
  entries: ReadonlyMap<string, Entry>;
  /** Events by user, oldest first. */
  byUser: ReadonlyMap<string, readonly Entry[]>;
  /** The order in which a user's events were replied to. */
  replyOrder: ReadonlyMap<string, readonly string[]>;
  /** Pushes by user. */
  pushes: ReadonlyMap<string, number>;
  /** Webhook requests by the bot's status; "0": no answer. */
  acks: Record<string, number>;
  /** Calls to reply and push by LINE's status; "0": cut. */
  calls: Record<string, number>;
  untaken(): Entry[];
  unanswered(): Entry[];
};

export function createLedger(line: FakeLine, writing: boolean): Ledger {
  const entries = new Map<string, Entry>();
  const byUser = new Map<string, Entry[]>();
  const replyOrder = new Map<string, string[]>();
  const pushes = new Map<string, number>();
  const byToken = new Map<string, Entry>();
  const acks: Record<string, number> = {};
  const calls: Record<string, number> = {};

  line.listenTo((news) => {
    if (!writing) return;
    switch (news.type) {
      case 'emitted': {
        const { eventId: id, to, atMs, event, replyToken } = news.emitted;
        const entry: Entry = { id, to, atMs, event, replies: [], calls: 0 };
        entries.set(id, entry);
        if (replyToken !== undefined) byToken.set(replyToken, entry);
        at(byUser, to).push(entry);
        break;
      }
      case 'delivered': {
        const status = news.emitted.deliveries.at(-1)?.status ?? 0;
        acks[status] = (acks[status] ?? 0) + 1;
        const entry = entries.get(news.emitted.eventId);
        if (entry && status === 200) entry.ackedAt ??= performance.now();
        break;
      }
      case 'sent': {
        const { by, to, eventId, count } = news.sent;
        if (by === 'push') pushes.set(to, (pushes.get(to) ?? 0) + 1);
        const entry = eventId === undefined ? undefined : entries.get(eventId);
        if (!entry) break;
        entry.replies.push(count);
        entry.repliedAt ??= performance.now();
        at(replyOrder, to).push(entry.id);
        break;
      }
      case 'call': {
        const { path, status, request } = news.call;
        if (!path.startsWith('/v2/bot/message/')) break;
        calls[status] = (calls[status] ?? 0) + 1;
        const token = (request as { replyToken?: unknown } | undefined)?.replyToken;
        const entry = typeof token === 'string' ? byToken.get(token) : undefined;
        if (entry) entry.calls += 1;
        break;
      }
      default:
    }
  });

  const all = () => [...entries.values()];
  return {
    entries,
    byUser,
    replyOrder,
    pushes,
    acks,
    calls,
    untaken: () => all().filter(({ ackedAt }) => ackedAt === undefined),
    unanswered: () =>
      all().filter(({ ackedAt, replies }) => ackedAt !== undefined && replies.length === 0),
  };
}

function at<T>(map: Map<string, T[]>, key: string): T[] {
  const known = map.get(key);
  if (known) return known;
  const fresh: T[] = [];
  map.set(key, fresh);
  return fresh;
}
