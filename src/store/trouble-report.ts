import { StoreUnavailable } from './errors.ts';

/**
 * Tells about each trouble of a store once in a while only: `take` meets it at every look, ioredis at every attempt to
 * connect. So no report of an outage for `everyMs` means that it is over: `onBack`.
 */
export function createTroubleReport(
  onError: (error: unknown) => void,
  onBack: () => void = () => {},
  everyMs = 10_000,
) {
  const toldAt = new Map<string, number>();
  let quiet: NodeJS.Timeout | undefined;
  return (error: unknown) => {
    if (error instanceof StoreUnavailable) {
      clearTimeout(quiet);
      quiet = setTimeout(onBack, everyMs).unref();
    }
    const message = error instanceof Error ? error.message : String(error);
    // ioredis says after how many random milliseconds it tries again.
    const kind = message.replace(/[\d.]+/g, '');
    const now = performance.now();
    if (now - (toldAt.get(kind) ?? -Infinity) < everyMs) return;
    // An outage has a handful of faces; should they ever be many, they are told again.
    if (toldAt.size >= 20) toldAt.clear();
    toldAt.set(kind, now);
    onError(error);
  };
}
