import type { Log } from '../log.ts';
import type { Job, Store } from '../store/store.ts';

export type WorkerOptions = {
  store: Pick<Store, 'take'>;
  turn: (job: Job) => Promise<void>;
  sleep: (ms: number) => Promise<unknown>;
  log: Log;
  /** Jobs in hand at once, each of another user. */
  concurrency?: number;
  /** How long one look into the mailboxes waits for mail, in ms. */
  waitMs?: number;
};

export type Worker = {
  /** Takes no more jobs, and resolves when those in hand are done. */
  stop: () => Promise<void>;
};

/** Between two tries to reach a store that is away, in ms. */
const PAUSE_MS = 500;

/** Takes jobs and runs them side by side until it is stopped. Never rejects: the store being away only makes it wait. */
export function startWorker(options: WorkerOptions): Worker {
  const { store, turn, sleep, log, concurrency = 64, waitMs = 1000 } = options;
  const inHand = new Set<Promise<void>>();
  let stopping = false;

  const run = async (job: Job): Promise<void> => {
    try {
      await turn(job);
    } catch (err) {
      // The lease runs out by itself, and the event is handed out again.
      log.error(
        { err, owner: job.owner },
        '処理の結果を保存できませんでした。少し後にやり直します。',
      );
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      if (inHand.size >= concurrency) {
        await Promise.race(inHand);
        continue;
      }
      try {
        const jobs = await store.take({ max: concurrency - inHand.size, waitMs });
        for (const job of jobs) {
          const running = run(job).finally(() => inHand.delete(running));
          inHand.add(running);
        }
      } catch (err) {
        log.error({ err }, '保存先に届きません。つながるまで待ちます。');
        await sleep(PAUSE_MS);
      }
    }
    await Promise.all(inHand);
  };

  const finished = loop();
  return {
    stop() {
      stopping = true;
      return finished;
    },
  };
}
