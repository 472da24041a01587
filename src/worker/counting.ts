import { dayOf } from '../japan-time.ts';
import type { Store } from '../store/store.ts';

/** Counts that wait to be added to the store's; a crash loses what waits, and nothing but statistics. */
export type Counting = {
  add: (names: readonly string[]) => void;
  /** Hands what waits to the store. What it could not take waits on. */
  flush: () => Promise<void>;
};

/** More names than the content has places; what is over is dropped rather than let the memory grow. */
const MOST_NAMES = 5000;

export function createCounting(store: Pick<Store, 'count'>, clock: () => number): Counting {
  let waiting = new Map<string, number>();
  const add = (name: string, n: number): void => {
    if (waiting.has(name) || waiting.size < MOST_NAMES) {
      waiting.set(name, (waiting.get(name) ?? 0) + n);
    }
  };
  return {
    add(names) {
      for (const name of names) add(name, 1);
    },
    async flush() {
      if (waiting.size === 0) return;
      const taken = waiting;
      waiting = new Map();
      try {
        await store.count(dayOf(clock()), Object.fromEntries(taken));
      } catch (error) {
        for (const [name, n] of taken) add(name, n);
        throw error;
      }
    },
  };
}
