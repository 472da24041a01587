export type Pace = ReturnType<typeof createPace>;

/** How long what was not used is saved up, in s. */
const SAVED_SECONDS = 0.1;

/** A token bucket: `perSecond` on average, never a burst of more than a tenth of a second's worth. */
export function createPace(perSecond: number, clock: () => number) {
  const most = Math.max(1, perSecond * SAVED_SECONDS);
  let saved = most;
  let atMs = clock();

  return {
    /** How many may go now. */
    room(): number {
      const nowMs = clock();
      // A clock that goes back earns nothing.
      saved = Math.min(most, saved + (Math.max(0, nowMs - atMs) / 1000) * perSecond);
      atMs = nowMs;
      return Math.floor(saved);
    },

    spend(count: number): void {
      saved -= count;
    },
  };
}
