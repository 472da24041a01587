import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';
import { lookAfterMs } from './limits.ts';
import { closeClient, duplicateForBlocking } from './redis-connect.ts';
import { explainOnce } from './redis-outage.ts';

/** An entry of a mail stream that the group has given to this worker: stream key, entry id, owner hash. */
export type Claimed = { key: string; id: string; hash: string };

/**
 * How a worker waits for mail. `wait` resolves early with what it was given meanwhile, about `max`; with [] when `woken`
 * does; undefined when the worker has to look for itself.
 */
export type Waiter = {
  /** Whether `wait` gives mail that is there already, so that nobody needs to look before. */
  gives: boolean;
  wait(ms: number, max: number, woken: Promise<void>): Promise<Claimed[] | undefined>;
  /** Resolves to what comes until a look that goes on is over; nobody else gets that. */
  drain(): Promise<Claimed[]>;
  /** The same, for the last time. */
  close(): Promise<Claimed[]>;
};

/** One server: XREADGROUP over all partitions on a connection of its own. It wakes one worker for each entry. */
export async function blockForMail(
  client: Redis,
  mailKeys: readonly string[],
  worker: string,
  onError: (error: unknown) => void,
): Promise<Waiter> {
  const blocking = duplicateForBlocking(client, lookAfterMs);
  blocking.on('error', onError);
  await blocking.connect().catch(onError);
  const streams = [...mailKeys, ...mailKeys.map(() => '>')];
  let running: Promise<Claimed[]> | undefined;

  async function block(ms: number, max: number): Promise<Claimed[]> {
    // Of each stream.
    const count = Math.max(1, Math.floor(max / mailKeys.length));
    const options = ['GROUP', 'workers', worker, 'COUNT', count, 'BLOCK', ms] as const;
    const reply = await blocking.xreadgroup(...options, 'STREAMS', ...streams);
    const claimed: Claimed[] = [];
    for (const [key, entries] of (reply ?? []) as [string, [string, string[]][]][])
      for (const [id, fields] of entries) claimed.push({ key, id, hash: fields[1] ?? '' });
    return claimed;
  }

  async function drain(): Promise<Claimed[]> {
    const mine = running;
    const claimed = (await mine?.catch(() => [])) ?? [];
    if (running !== mine) return [];
    running = undefined;
    return claimed;
  }

  return {
    gives: true,
    async wait(ms, max, woken) {
      // A connection can block once at a time: whoever comes later waits for the same.
      running ??= block(Math.max(1, Math.ceil(ms)), max);
      const mine = running;
      // It may end while nobody waits, and is then read by whoever comes next.
      mine.catch(() => {});
      let claimed: Claimed[] | void;
      try {
        claimed = await Promise.race([mine, woken]);
      } catch (error) {
        if (running === mine) running = undefined;
        // The group is missing after the data was lost; the next look makes it.
        if (error instanceof Error && error.message.startsWith('NOGROUP')) return undefined;
        throw error;
      }
      if (claimed === undefined) return [];
      // What it brought is for one of those who wait; the others look for themselves.
      if (running !== mine) return undefined;
      running = undefined;
      return claimed;
    },
    drain,
    async close() {
      const claimed = await drain();
      closeClient(blocking);
      return claimed;
    },
  };
}

/**
 * Cluster: a call may not block on streams of several slots, and a connection for each partition would be many. So the
 * scripts announce each queued owner on a channel, which a cluster carries to every node. A lost announcement costs
 * `lookAfterMs` at most.
 */
export function listenForMail(
  client: Cluster,
  channel: string,
  onError: (error: unknown) => void,
): Waiter {
  let announced = false;
  let wake: (() => void) | undefined;
  client.on('message', () => {
    announced = true;
    wake?.();
  });
  client.subscribe(channel).catch((error: unknown) => onError(explainOnce(error)));
  return {
    gives: false,
    async wait(ms, _max, woken) {
      if (!announced) {
        const abort = new AbortController();
        wake = () => abort.abort();
        const early = woken.then(() => 'woken' as const);
        const slept = sleep(ms, undefined, { signal: abort.signal }).catch(() => undefined);
        if ((await Promise.race([early, slept])) === 'woken') {
          abort.abort();
          return [];
        }
      }
      announced = false;
      return undefined;
    },
    drain: async () => [],
    async close() {
      wake?.();
      await client.unsubscribe(channel).catch(() => {});
      return [];
    },
  };
}
