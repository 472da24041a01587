import { hasReplyToken, wordEvent, type Happening } from './happening.ts';
import { ulid } from './id.ts';
import type { Delivery } from './webhook.ts';
import type { Emitted, World } from './world.ts';

type EmitOptions = {
  /** The group the event comes from; else the one-to-one chat. */
  groupId?: string;
  mode?: 'active' | 'standby';
  /** Deliveries of the same event at once, as when the network doubles it. */
  times?: number;
};

export type Emitter = {
  emit(userId: string, what: Happening, how?: EmitOptions): Promise<Emitted>;
  redeliver(eventId: string): Promise<Delivery | undefined>;
  post(events: readonly unknown[]): Promise<Delivery>;
  duplicateNext(count: number): void;
  idle(): Promise<void>;
  close(): void;
};

/** Makes events of what people do and brings them to the bot, again and again where it did not take them. */
export function createEmitter(
  world: World,
  redelivery: { times: number; afterMs: number },
): Emitter {
  const waiting = new Map<NodeJS.Timeout, () => void>();
  const underway = new Set<Promise<unknown>>();
  let duplicates = 0;
  let closed = false;

  function track<T>(promise: Promise<T>): Promise<T> {
    underway.add(promise);
    promise.then(
      () => underway.delete(promise),
      () => underway.delete(promise),
    );
    return promise;
  }

  async function deliver(emitted: Emitted, isRedelivery: boolean): Promise<Delivery> {
    if (isRedelivery && emitted.replyToken) world.tokens.renew(emitted.replyToken);
    const event = { ...emitted.event, deliveryContext: { isRedelivery } };
    const delivery = await track(world.post(world.webhookUrl, [event]));
    emitted.deliveries.push({ ...delivery, redelivery: isRedelivery });
    world.tell({ type: 'delivered', emitted });
    return delivery;
  }

  /** Delivers again with growing pauses until the bot takes it or the tries are used up. */
  async function insist(emitted: Emitted): Promise<void> {
    let pauseMs = redelivery.afterMs;
    for (let tries = 0; tries < redelivery.times; tries += 1) {
      // LINE itself drops redeliveries when there are too many of them.
      if (waiting.size > 10_000) return;
      await pause(pauseMs);
      if (closed || isTaken((await deliver(emitted, true)).status)) return;
      pauseMs *= 2;
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        resolve();
      }, ms);
      timer.unref();
      waiting.set(timer, resolve);
    });
  }

  function word(userId: string, what: Happening, how: EmitOptions): Emitted {
    const now = world.clock();
    const eventId = ulid(now);
    const words = wordEvent(what, world.newMessageId());
    const mode = how.mode ?? 'active';
    const to = how.groupId ?? userId;
    const answerable = mode === 'active' && hasReplyToken(words.type);
    const token = answerable ? { replyToken: world.tokens.issue(to, eventId) } : {};
    const source = how.groupId
      ? { type: 'group', groupId: how.groupId, userId }
      : { type: 'user', userId };
    const event = { mode, timestamp: now, source, webhookEventId: eventId, ...token, ...words };
    return { atMs: now, eventId, to, ...token, event, deliveries: [] };
  }

  return {
    async emit(userId, what, how = {}) {
      world.people.meet(userId);
      const emitted = word(userId, what, how);
      world.events.push(emitted);
      world.tell({ type: 'emitted', emitted });
      const extra = duplicates > 0 ? 1 : 0;
      duplicates -= extra;
      const copies = Array.from({ length: (how.times ?? 1) + extra }, () =>
        deliver(emitted, false),
      );
      const results = await Promise.all(copies);
      if (!results.some(({ status }) => isTaken(status))) void track(insist(emitted));
      return emitted;
    },
    redeliver: async (eventId) => {
      const emitted = world.events.list().findLast((one) => one.eventId === eventId);
      return emitted && deliver(emitted, true);
    },
    post: (events) => track(world.post(world.webhookUrl, events)),
    duplicateNext: (count) => void (duplicates = count),
    idle: async () => {
      while (underway.size > 0) await Promise.allSettled(underway);
    },
    close() {
      closed = true;
      for (const [timer, resolve] of waiting) {
        clearTimeout(timer);
        resolve();
      }
      waiting.clear();
    },
  };
}

function isTaken(status: number): boolean {
  return status >= 200 && status < 300;
}
