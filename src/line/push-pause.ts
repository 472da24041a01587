const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

export type PushPause = ReturnType<typeof createPushPause>;

/**
 * After LINE said "too many calls" or could not be reached, all pushes of this process stop for a while: growing,
 * jittered, bounded. Replies are not asked.
 */
export function createPushPause({
  clock,
  random = Math.random,
}: {
  clock: () => number;
  random?: () => number;
}) {
  let lengthMs = 0;
  let untilMs = 0;

  /** How long no push may go yet, in ms. */
  const leftMs = (): number => {
    const left = untilMs - clock();
    // Longer than it was made: the clock went back.
    return left > lengthMs ? 0 : Math.max(0, left);
  };

  return {
    leftMs,

    begin(): void {
      // What was on its way when the pause began says nothing new.
      if (leftMs() > 0) return;
      lengthMs = Math.min(LONGEST_MS, lengthMs === 0 ? FIRST_MS : lengthMs * 2);
      untilMs = clock() + Math.round(lengthMs * (0.5 + random() / 2));
    },

    /** A push went through. */
    end(): void {
      if (leftMs() === 0) lengthMs = 0;
    },
  };
}
