/** Tries within one delivery must not hold a place in the worker for long. */
const patienceMs = 4000;
const firstWaitMs = 250;
/** Between attempts; with the tries themselves these span most of a reply token's life. */
const pausesMs = [1000, 3000, 8000, 15_000, 20_000] as const;

export type BackoffOptions = {
  clock: () => number;
  sleep: (ms: number) => Promise<unknown>;
  /** 0 to 1: many who wait for the same trouble to pass must not come back at the same moment. */
  random: () => number;
};

/** How long to wait before asking LINE again: growing, jittered, bounded. */
export function createBackoff({ clock, sleep, random }: BackoffOptions) {
  const jittered = (ms: number) => Math.round(ms * (0.5 + random() / 2));

  return {
    /** Waits before another try of this delivery; false when it is time to give the worker's place back. */
    createRetry(untilMs: number): () => Promise<boolean> {
      const endMs = Math.min(clock() + patienceMs, untilMs);
      let nextMs = firstWaitMs;
      return async () => {
        const waitMs = jittered(nextMs);
        nextMs *= 2;
        if (clock() + waitMs >= endMs) return false;
        await sleep(waitMs);
        return true;
      };
    },

    /** For `store.fail`, after this attempt; 0: for another try at once. */
    pauseMs(attempt: number): number {
      return jittered(attempt === 0 ? firstWaitMs : (pausesMs[attempt - 1] ?? pausesMs[4]));
    },
  };
}
