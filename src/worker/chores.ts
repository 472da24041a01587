import type { LineClient } from '../line/client.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Store } from '../store/store.ts';
import type { Counting } from './counting.ts';
import { type Ticker, startTicker } from './ticker.ts';

/** Reminders released in one go; what is left follows at once, between other work. */
const MOST_DUE = 200;
const DUE_EVERY_MS = 1000;
const COUNTS_EVERY_MS = 10 * 1000;
const QUOTA_EVERY_MS = 10 * 60 * 1000;

export type ChoresOptions = {
  store: Pick<Store, 'releaseDue'>;
  client: Pick<LineClient, 'quota' | 'consumption'>;
  clock: () => number;
  log: Log;
  metrics: Metrics;
  counting: Pick<Counting, 'flush'>;
  /** Whether to ask LINE for this month's quota. */
  quota: boolean;
};

/** What is done besides answering: due reminders go to their mailboxes, and the operator sees the quota. */
export function startChores(options: ChoresOptions): Ticker {
  const { store, client, clock, log, metrics, counting, quota } = options;
  const due = startTicker(
    async () => (await store.releaseDue(clock(), MOST_DUE)) >= MOST_DUE,
    DUE_EVERY_MS,
    log,
    'reminders',
  );
  const readQuota = async (): Promise<void> => {
    const [limit, used] = await Promise.all([client.quota(), client.consumption()]);
    if (used.kind !== 'ok' || limit.kind !== 'ok') return;
    metrics.quotaUsed.set(used.value.totalUsage);
    if (limit.value.value === undefined) return;
    metrics.quotaLimit.set(limit.value.value);
    metrics.quotaLeft.set(Math.max(0, limit.value.value - used.value.totalUsage));
  };
  const counts = startTicker(counting.flush, COUNTS_EVERY_MS, log, 'counts');
  const tickers = [due, counts];
  if (quota) tickers.push(startTicker(readQuota, QUOTA_EVERY_MS, log, 'quota'));
  return {
    async stop() {
      await Promise.all(tickers.map((ticker) => ticker.stop()));
      await counting.flush().catch(() => undefined);
    },
  };
}
