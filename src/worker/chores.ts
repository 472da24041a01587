import { setTimeout as sleep } from 'node:timers/promises';
import type { PushPause } from '../line/push-pause.ts';
import type { Quota } from '../line/quota.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Counting } from './counting.ts';
import type { Pace } from './pace.ts';
import { type Ticker, startTicker } from './ticker.ts';
import type { Worker } from './worker.ts';

const DUE_EVERY_MS = 250;
/** While there are many, in small steps: whoever writes meanwhile waits behind a few of them only. */
const STEP_MS = 50;
/** Soon after the last that waited got its place, so that none is free for long. */
const LOOK_MS = 10;
/**
 * With so many owners who have mail, hardly any more get a reminder: a reply waits behind them for a fraction of a second.
 * Four times a process's places for reminders: had one got them all, and LINE as slow as the client waits (10 s), whoever
 * waits behind the last of them was answered in 40 s, while the token lives.
 */
const CROWD = 128;
const COUNTS_EVERY_MS = 10 * 1000;
const QUOTA_EVERY_MS = 10 * 60 * 1000;

export type ChoresOptions = {
  store: Pick<Store, 'releaseDue'>;
  clock: () => number;
  log: Log;
  counting: Pick<Counting, 'flush'>;
  pace: Pace;
  pause: Pick<PushPause, 'leftMs'>;
  worker: Pick<Worker, 'remindersWaiting'>;
  /** Absent: LINE is not asked for this month's quota. */
  quota?: Pick<Quota, 'read'> | undefined;
};

/** What is done besides answering: due reminders go to their mailboxes, and the operator sees the quota. */
export function startChores(options: ChoresOptions): Ticker {
  const { store, clock, log, counting, pace, pause, worker, quota } = options;
  /**
   * As fast as pushes may go, and not at all while LINE takes none, or takes so long that some wait for a place here:
   * what is due stays a timer, which keeps nobody waiting. A reminder in a mailbox holds up what its owner says.
   */
  const release = async (): Promise<boolean> => {
    const room = pace.room();
    if (room === 0 || pause.leftMs() > 0) return false;
    if (worker.remindersWaiting() > 0) {
      await sleep(LOOK_MS);
      return true;
    }
    const released = await store.releaseDue(clock(), room, CROWD);
    pace.spend(released);
    if (released > 0) await sleep(STEP_MS);
    return released > 0;
  };
  const due = startTicker(release, DUE_EVERY_MS, log, 'reminders');
  const counts = startTicker(counting.flush, COUNTS_EVERY_MS, log, 'counts');
  const tickers = [due, counts];
  if (quota) tickers.push(startTicker(quota.read, QUOTA_EVERY_MS, log, 'quota'));
  return {
    async stop() {
      await Promise.all(tickers.map((ticker) => ticker.stop()));
      await counting.flush().catch(() => undefined);
    },
  };
}
