/** Calls per second of each endpoint, from LINE's table of rate limits; everything else has the default. */
const perSecond: Record<string, number> = {
  'POST /v2/bot/chat/loading/start': 100,
  'PUT /v2/bot/channel/webhook/endpoint': 1000 / 60,
  'GET /v2/bot/channel/webhook/endpoint': 1000 / 60,
  'POST /v2/bot/channel/webhook/test': 60 / 3600,
  'GET /v2/bot/richmenu/list': 10,
  'POST /v2/bot/richmenu': 100 / 3600,
  'DELETE /v2/bot/richmenu/': 100 / 3600,
  'DELETE /v2/bot/richmenu/alias/': 100 / 3600,
};
const hourly = new Set([
  'POST /v2/bot/channel/webhook/test',
  'POST /v2/bot/richmenu',
  'DELETE /v2/bot/richmenu/',
  'DELETE /v2/bot/richmenu/alias/',
]);

/** A token bucket per endpoint. False: too many calls. */
export function createRate(
  clock: () => number,
  defaultPerSecond: number,
): (route: string) => boolean {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return (route) => {
    const rate = perSecond[route] ?? defaultPerSecond;
    const full = hourly.has(route) ? rate * 3600 : Math.max(rate, 1);
    const now = clock();
    const bucket = buckets.get(route) ?? { tokens: full, atMs: now };
    buckets.set(route, bucket);
    const grown = (Math.max(0, now - bucket.atMs) / 1000) * rate;
    bucket.tokens = Math.min(full, bucket.tokens + grown);
    bucket.atMs = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}
