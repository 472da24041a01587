import { type State, freshState, toStore } from '../../src/dialog/state.ts';
import type { Change, Store } from '../../src/store/store.ts';

type Seed = Pick<Change, 'schedule'> & { state: State };

/** What a store takes at once without anybody waiting. */
const BATCH = 500;
const TTL_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Gives each of `count` users a conversation, as a turn commits it: `changeOf` makes it of a fresh one. `userAt` must
 * give different users. No bot may run on the store meanwhile.
 */
export async function seedUsers(
  store: Pick<Store, 'accept' | 'take' | 'commit'>,
  count: number,
  userAt: (index: number) => string,
  changeOf: (fresh: State, index: number) => Seed,
): Promise<void> {
  const nowMs = Date.now();
  for (let first = 0; first < count; first += BATCH) {
    const indexOf = new Map(
      Array.from({ length: Math.min(BATCH, count - first) }, (_, n) => [
        userAt(first + n),
        first + n,
      ]),
    );
    await store.accept(
      [...indexOf].map(([owner, index]) => ({
        id: `seed-${index}`,
        owner,
        timestampMs: nowMs,
        receivedMs: nowMs,
        body: { kind: 'follow', returning: false },
      })),
    );
    for (let done = 0; done < indexOf.size;) {
      const jobs = await store.take({ max: BATCH, waitMs: 1000 });
      done += jobs.length;
      await Promise.all(
        jobs.map((job) => {
          const fresh = freshState(job.event.id, nowMs);
          const change = changeOf(fresh, indexOf.get(job.owner) ?? 0);
          return store.commit(job, { ...change, state: toStore(change.state), ttlMs: TTL_MS });
        }),
      );
    }
  }
}

/** A conversation with one reminder that is due at `dueMs`. `user` names the reminder. */
export function promised(fresh: State, user: string, dueMs: number): Seed {
  const id = user.slice(1, 9);
  const reminder = { id, dueMs, topic: 'not-delivered', matter: fresh.session };
  return { state: { ...fresh, reminders: [reminder] }, schedule: [{ id, dueMs }] };
}
