const dayMs = 24 * 60 * 60_000;
const most = 200_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type Accepted = { requestId: string; sentMessages: unknown[] };

export function isRetryKey(key: string): boolean {
  return uuid.test(key);
}

/** Which `X-Line-Retry-Key` was accepted by which request, for 24 h. */
export function createRetryKeys(clock: () => number): {
  find(key: string): Accepted | undefined;
  keep(key: string, accepted: Accepted): void;
} {
  const known = new Map<string, Accepted & { atMs: number }>();
  return {
    find(key) {
      const entry = known.get(key.toLowerCase());
      return entry && clock() - entry.atMs < dayMs ? entry : undefined;
    },
    keep(key, accepted) {
      const now = clock();
      for (const [old, { atMs }] of known) {
        if (known.size <= most && now - atMs < dayMs) break;
        known.delete(old);
      }
      known.delete(key.toLowerCase());
      known.set(key.toLowerCase(), { ...accepted, atMs: now });
    },
  };
}
