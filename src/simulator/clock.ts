export type MovableClock = {
  /** ms since 1970. Runs on like any clock. */
  now(): number;
  /** Puts it forward; never back, because leases, tokens and timers are counted by it. */
  moveTo(ms: number): void;
  /** How far ahead of the real time it is, in ms. */
  aheadMs(): number;
};

/** The time of the bot and of the fake LINE in try mode: the real one, plus what somebody has put it forward. */
export function createMovableClock(real: () => number = Date.now): MovableClock {
  let aheadMs = 0;
  const now = () => real() + aheadMs;
  return {
    now,
    moveTo(ms) {
      aheadMs += Math.max(0, ms - now());
    },
    aheadMs: () => aheadMs,
  };
}
