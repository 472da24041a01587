import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.ts';

/**
 * After the load: brings what LINE could not deliver once more, and waits until every taken event is through.
 * @returns ms it took, and whether the mailboxes are empty.
 */
export async function settle(
  stage: Stage,
  withinMs: number,
): Promise<{ ms: number; empty: boolean }> {
  const { line, ledger } = stage;
  const started = performance.now();
  const until = started + withinMs;
  const store = await stage.openStore();
  try {
    for (;;) {
      await Promise.all(ledger.untaken().map(({ id }) => line.redeliver(id)));
      const { waiting } = await store.stats(Date.now());
      const done = waiting === 0 && ledger.untaken().length === 0;
      if (done || performance.now() > until)
        return { ms: Math.round(performance.now() - started), empty: done };
      await sleep(100);
    }
  } finally {
    await store.close();
  }
}
