import { createHash } from 'node:crypto';
import { freshState } from '../../src/dialog/state.ts';
import type { Store } from '../../src/store/store.ts';

/** A user's id that looks like any other and is the same in every run. */
export function someUser(seed: string, index: number): string {
  return `U${createHash('md5').update(`${seed}:${index}`).digest('hex')}`;
}

/** What a store takes at once without anybody waiting. */
const BATCH = 200;

/** Gives each user a conversation with one reminder, as a turn commits it. No bot may run on the store meanwhile. */
export async function promiseAll(
  store: Pick<Store, 'accept' | 'take' | 'commit'>,
  users: readonly string[],
  dueMs: (index: number) => number,
): Promise<void> {
  const nowMs = Date.now();
  for (let first = 0; first < users.length; first += BATCH) {
    const owners = users.slice(first, first + BATCH);
    await store.accept(
      owners.map((owner) => ({
        id: `promise-${owner}`,
        owner,
        timestampMs: nowMs,
        receivedMs: nowMs,
        body: { kind: 'follow', returning: false },
      })),
    );
    for (let done = 0; done < owners.length;) {
      const jobs = await store.take({ max: BATCH, waitMs: 1000 });
      done += jobs.length;
      await Promise.all(
        jobs.map((job) => {
          const due = dueMs(first + owners.indexOf(job.owner));
          const id = job.owner.slice(1, 9);
          const fresh = freshState(job.event.id, nowMs);
          const reminder = { id, dueMs: due, topic: 'not-delivered', matter: fresh.session };
          const state = { ...fresh, reminders: [reminder] };
          return store.commit(job, { state, ttlMs: 86_400_000, schedule: [{ id, dueMs: due }] });
        }),
      );
    }
  }
}
