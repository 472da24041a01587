import { setTimeout as sleep } from 'node:timers/promises';
import type { PushPause } from '../line/push-pause.ts';
import type { Quota } from '../line/quota.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Counting } from './counting.ts';
import type { Pace } from './pace.ts';
import { type Ticker, startTicker } from './ticker.ts';

const DUE_EVERY_MS = 250;
/** While there are many, in small steps: whoever writes meanwhile waits behind a few of them only. */
const STEP_MS = 50;
/** No more owners than this have mail because of reminders: a reply waits behind them for a fraction of a second. */
const CROWD = 256;
const COUNTS_EVERY_MS = 10 * 1000;
const QUOTA_EVERY_MS = 10 * 60 * 1000;

export type ChoresOptions = {
  store: Pick<Store, 'releaseDue'>;
  clock: () => number;
  log: Log;
  counting: Pick<Counting, 'flush'>;
  pace: Pace;
  pause: Pick<PushPause, 'leftMs'>;
  /** Absent: LINE is not asked for this month's quota. */
  quota?: Pick<Quota, 'read'> | undefined;
};

/** What is done besides answering: due reminders go to their mailboxes, and the operator sees the quota. */
export function startChores(options: ChoresOptions): Ticker {
  const { store, clock, log, counting, pace, pause, quota } = options;
  /** As fast as pushes may go, and not at all while LINE takes none: what is due stays where it is. */
  const release = async (): Promise<boolean> => {
    const room = pace.room();
    if (room === 0 || pause.leftMs() > 0) return false;
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
