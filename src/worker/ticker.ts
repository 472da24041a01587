import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

/** Something to be done again and again, never twice at once. */
export type Ticker = { stop: () => Promise<void> };

const TELL_EVERY_MS = 10_000;

/**
 * Runs `tick` every `everyMs`, counted from the end of the last run. A run that fails is logged and does not end it.
 * `tick` says true when there is more to do at once.
 */
export function startTicker(
  tick: () => Promise<boolean | void>,
  everyMs: number,
  log: Log,
  what: string,
): Ticker {
  const stopping = new AbortController();
  const { signal } = stopping;

  const loop = async (): Promise<void> => {
    let toldMs = -Infinity;
    while (!signal.aborted) {
      let more: boolean | void = false;
      try {
        more = await tick();
        toldMs = -Infinity;
      } catch (err) {
        // A store that is away fails every run: once in a while is enough to say so.
        if (performance.now() - toldMs >= TELL_EVERY_MS) {
          log.warn({ err, what }, '定期処理ができませんでした。次の回にやり直します。');
          toldMs = performance.now();
        }
      }
      if (!more) await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };

  const finished = loop();
  return {
    stop() {
      stopping.abort();
      return finished;
    },
  };
}
