import { z } from 'zod';
import type { FakeLine } from '../line.ts';
import { someUser } from './id.ts';

/** A burst of events from many users, for benches and chaos. */
export const load = z.strictObject({
  events: z.int().min(1).max(10_000_000),
  users: z.int().min(1).max(5_000_000),
  /** Said in turn by each user; a text, or a postback as `{"data":…}`. */
  says: z
    .array(z.union([z.string().min(1), z.strictObject({ data: z.string().min(1) })]))
    .min(1)
    .max(100),
  /** Events a second; absent: as fast as `inFlight` allows. */
  perSecond: z.number().positive().max(100_000).optional(),
  /** Webhook requests at a time. */
  inFlight: z.int().min(1).max(5000).default(50),
  /** How long to wait for the last answers, in ms. */
  waitMs: z.int().min(0).max(600_000).default(10_000),
  /** Names the users: the same seed means the same ids. */
  seed: z.string().max(100).default('load'),
});
export type Load = z.input<typeof load>;

export type LoadResult = {
  events: number;
  seconds: number;
  /** Webhook requests by the bot's status; "0": no answer. */
  acks: Record<string, number>;
  ackMs: Spread;
  /** Events that got their reply, and how long after the event was sent. */
  replied: number;
  replyMs: Spread;
  /** Replies beyond the first of one event. */
  doubled: number;
};
type Spread = { p50: number; p90: number; p99: number; max: number };

/** Sends the load and waits for its answers. One event a request, as LINE mostly does. */
export async function runLoad(line: FakeLine, input: Load): Promise<LoadResult> {
  const { events, users, says, perSecond, inFlight, waitMs, seed } = load.parse(input);
  const ids = Array.from({ length: Math.min(users, events) }, (_, index) => someUser(seed, index));
  const startedAt = new Map<string, number>();
  const replied = new Set<string>();
  const acks: Record<string, number> = {};
  const ackMs: number[] = [];
  const replyMs: number[] = [];
  let doubled = 0;
  const stop = line.listenTo((news) => {
    if (news.type === 'emitted') startedAt.set(news.emitted.eventId, performance.now());
    if (news.type !== 'sent' || news.sent.eventId === undefined) return;
    const { eventId } = news.sent;
    const from = startedAt.get(eventId);
    if (from === undefined) return;
    if (replied.has(eventId)) doubled += 1;
    else replyMs.push(performance.now() - from);
    replied.add(eventId);
  });

  const started = performance.now();
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next++; index < events; index = next++) {
      const dueMs = perSecond ? started + (index / perSecond) * 1000 : 0;
      const early = dueMs - performance.now();
      if (early > 1) await new Promise((done) => setTimeout(done, early));
      const say = says[Math.floor(index / ids.length) % says.length] ?? '';
      const emitted = await line.emit(
        ids[index % ids.length] ?? '',
        typeof say === 'string'
          ? { kind: 'text', text: say }
          : { kind: 'postback', data: say.data },
      );
      const delivery = emitted.deliveries[0];
      acks[delivery?.status ?? 0] = (acks[delivery?.status ?? 0] ?? 0) + 1;
      if (delivery) ackMs.push(delivery.ms);
    }
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, events) }, lane));
  const giveUp = performance.now() + waitMs;
  while (replied.size < events && performance.now() < giveUp)
    await new Promise((done) => setTimeout(done, 5));
  const seconds = (performance.now() - started) / 1000;
  stop();
  return {
    events,
    seconds,
    acks,
    ackMs: spread(ackMs),
    replied: replied.size,
    replyMs: spread(replyMs),
    doubled,
  };
}

function spread(values: number[]): Spread {
  const sorted = Float64Array.from(values).toSorted();
  const at = (share: number) =>
    Math.round(
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100,
    ) / 100;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
