import { calmMs } from './limits.ts';

/**
 * Where nothing is taken over from others just now, by the mail keys of the partitions: from the start on, since there
 * may have been an outage before it, and again from each `begin`, for as long as a lease lasts at most.
 */
export function createCalm(mailKeys: readonly string[], leaseMs: number) {
  const until = new Map<string, number>();
  const begin = (keys = mailKeys): void => {
    const ends = performance.now() + Math.min(calmMs, leaseMs);
    for (const key of keys) until.set(key, ends);
  };
  begin();
  return {
    begin,
    /** Whether it does in one of these. */
    reigns: (keys: readonly string[]) =>
      keys.some((key) => performance.now() < (until.get(key) ?? 0)),
  };
}

export type Calm = ReturnType<typeof createCalm>;
