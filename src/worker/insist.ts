import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '../store/errors.ts';

/** Well under the calm that the store keeps before it takes over what others hold (`calmMs`). */
const AGAIN_MS = 300;
const PATIENCE_MS = 10 * 60 * 1000;

/**
 * Does it again while the store is away. Only this process knows that an answer was said once its token has died: were
 * the commit given up, another worker would say it a second time after the outage.
 * @throws what it threw, when that is no outage or lasts too long.
 */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || performance.now() > until) throw error;
      await sleep(AGAIN_MS * (0.5 + Math.random()));
    }
  }
}
