import { calmMs } from './limits.ts';

/** A Redis that has been up for less, loading its data included, may have been away just now. */
const justUpMs = 30_000;

/**
 * Where nothing is taken over from others just now, by the queues of the partitions: from each `begin`, for as long as
 * a lease lasts at most, and from the start on when Redis was away just before it (`upMs`: for how long it has been up).
 * Not from every start: processes that die one after the other would leave what they hold to nobody.
 */
export function createCalm(
  queueKeys: readonly string[],
  { leaseMs, upMs }: { leaseMs: number; upMs: number },
) {
  const until = new Map<string, number>();
  const begin = (keys = queueKeys): void => {
    const ends = performance.now() + Math.min(calmMs, leaseMs);
    for (const key of keys) until.set(key, ends);
  };
  if (upMs < justUpMs) begin();
  return {
    begin,
    /** Whether it does in one of these. */
    reigns: (keys: readonly string[]) =>
      keys.some((key) => performance.now() < (until.get(key) ?? 0)),
  };
}

export type Calm = ReturnType<typeof createCalm>;
