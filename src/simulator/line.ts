import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmitter, type Emitter } from './line/emit.ts';
import { createServer } from './line/server.ts';
import { createWorld, type World, type WorldOptions } from './line/world.ts';
import type { Call, Emitted, News, Sent } from './line/world.ts';
import { createServer as createHttp } from '../node-http.ts';

export type FakeLineOptions = WorldOptions & {
  /** How often and after how long an event is delivered again that got no 2xx; each pause is twice the one before. */
  redelivery?: { times: number; afterMs: number };
};

export type FakeLine = Omit<Emitter, 'close'> &
  Readonly<Pick<World, 'people' | 'faults' | 'richMenus' | 'quota'>> & {
    /** Request listener of api.line.me. */
    handle(request: IncomingMessage, response: ServerResponse): void;
    /** Serves `handle` on loopback; says the base URL for the bot's client. */
    listen(): Promise<string>;
    /** Kills the live reply tokens of one chat, or all. */
    expireTokens(chat?: string): void;
    block(userId: string): Promise<Emitted>;
    unblock(userId: string): Promise<Emitted>;
    setWebhookUrl(url: string): void;
    webhookUrl(): string;
    /** Hears everything that happens; returns how to stop. */
    listenTo(listener: (news: News) => void): () => void;
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
  const { close: stopEmitting, ...emitter } = createEmitter(
    world,
    options.redelivery ?? { times: 3, afterMs: 1000 },
  );
  const { people, faults, richMenus, quota } = world;
  const handle = createServer(world);
  const server = createHttp(handle);

  return {
    handle,
    async listen() {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    ...emitter,
    expireTokens: (chat) => world.tokens.expire(chat),
    block(userId) {
      people.meet(userId).blocked = true;
      return emitter.emit(userId, { kind: 'unfollow' });
    },
    unblock(userId) {
      const person = people.meet(userId);
      const isUnblocked = person.blocked;
      person.blocked = false;
      return emitter.emit(userId, { kind: 'follow', isUnblocked });
    },
    setWebhookUrl: (url) => void (world.webhookUrl = url),
    webhookUrl: () => world.webhookUrl,
    listenTo(listener) {
      world.listeners.add(listener);
      return () => void world.listeners.delete(listener);
    },
    people,
    faults,
    richMenus,
    quota,
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
      faults.clear();
    },
    async close() {
      stopEmitting();
      world.listeners.clear();
      await world.hangUp();
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
