import { freshState } from '../src/dialog/state.ts';
import { createRedisStore } from '../src/store/redis.ts';
import { someUser } from '../test/support/promised.ts';

/** In the store's hands at once. */
const BATCH = 500;
const TTL_MS = 30 * 24 * 60 * 60 * 1000;

/** Gives so many users a conversation that rests at a question, each through the store itself. */
export async function addIdleUsers(url: string, users: number): Promise<void> {
  const store = await createRedisStore({ url, worker: 'idle' });
  const nowMs = Date.now();
  for (let first = 0; first < users; first += BATCH) {
    const count = Math.min(BATCH, users - first);
    await store.accept(
      Array.from({ length: count }, (_, index) => ({
        id: `idle-${first + index}`,
        owner: someUser('idle', first + index),
        timestampMs: nowMs,
        receivedMs: nowMs,
        body: { kind: 'follow', returning: false },
      })),
    );
    for (let done = 0; done < count;) {
      const jobs = await store.take({ max: BATCH, waitMs: 1000 });
      done += jobs.length;
      await Promise.all(
        jobs.map((job) => {
          const answers = { topic: 'delivered-missing', places: 'missing', trace: 'none' };
          const trail = [['delivered-missing.places'], ['delivered-missing.trace']];
          const place = { dialog: 'delivered-missing', node: 'seller' };
          const state = { ...freshState(job.event.id, nowMs), answers, trail, ...place };
          return store.commit(job, { state, ttlMs: TTL_MS });
        }),
      );
    }
  }
  await store.close();
}
