import type { Log } from '../log.ts';
import type { Job, Store } from '../store/store.ts';
import { createLane } from './lane.ts';

export type WorkerOptions = {
  store: Pick<Store, 'take' | 'renew'>;
  turn: (job: Job) => Promise<void>;
  sleep: (ms: number) => Promise<unknown>;
  log: Log;
  /**
   * Jobs in hand at once, each of another user. Reminders have places of their own, so that they hold up nobody. Each of
   * both makes one call to LINE at a time, and the client has a connection for it (line/client.ts).
   */
  concurrency?: number;
  reminders?: number;
  /** How long one look into the mailboxes waits for mail, in ms. */
  waitMs?: number;
};

export type Worker = {
  /** How many reminders in hand wait for a place. */
  remindersWaiting: () => number;
  /** Takes no more jobs, and resolves when those in hand are done. */
  stop: () => Promise<void>;
};

/** Between two tries to reach a store that is away, in ms. */
const PAUSE_MS = 500;

/** A turn may wait for LINE for longer than a lease lasts (8 s): what takes long is renewed in time. */
const RENEW_EVERY_MS = 2500;

/** Takes jobs and runs them side by side until it is stopped. Never rejects: the store being away only makes it wait. */
export function startWorker(options: WorkerOptions): Worker {
  const { store, turn, sleep, log, concurrency = 200, reminders = 32, waitMs = 1000 } = options;
  const inHand = new Set<Promise<void>>();
  const due = createLane(reminders);
  /** Jobs in hand and in the lane, and when they were taken. */
  const held = new Map<Job, number>();
  let stopping = false;
  let freed: (() => void) | undefined;

  const renewing = setInterval(() => {
    const before = performance.now() - RENEW_EVERY_MS;
    const long = [...held].filter(([, since]) => since < before).map(([job]) => job);
    // A store that is away keeps the leases as they are.
    if (long.length > 0) store.renew(long).catch(() => undefined);
  }, RENEW_EVERY_MS);

  const run = async (job: Job): Promise<void> => {
    try {
      await turn(job);
    } catch (err) {
      // The lease runs out by itself, and the event is handed out again.
      log.error(
        { err, owner: job.owner },
        '処理の結果を保存できませんでした。少し後にやり直します。',
      );
    } finally {
      held.delete(job);
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      if (inHand.size >= concurrency) {
        // One look for a quarter of the places instead of one look for each: three times as many events a second.
        while (inHand.size > concurrency * 0.75) {
          await new Promise<void>((resolve) => (freed = resolve));
        }
        continue;
      }
      try {
        const jobs = await store.take({ max: concurrency - inHand.size, waitMs });
        for (const job of jobs) {
          held.set(job, performance.now());
          if (job.event.body.kind === 'reminder') {
            // Renewed no more once it is dropped: another worker takes it when its lease is over.
            due.add(
              () => run(job),
              () => held.delete(job),
            );
            continue;
          }
          const running = run(job).finally(() => {
            inHand.delete(running);
            freed?.();
          });
          inHand.add(running);
        }
      } catch (err) {
        log.error({ err }, '保存先に届きません。つながるまで待ちます。');
        await sleep(PAUSE_MS);
      }
    }
    await Promise.all([...inHand, due.idle()]);
    clearInterval(renewing);
  };

  const finished = loop();
  return {
    remindersWaiting: due.waiting,
    stop() {
      stopping = true;
      return finished;
    },
  };
}
