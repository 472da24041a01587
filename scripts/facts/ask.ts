import { request } from 'undici';

export type Asked = { status: number; location?: string } | 'timeout' | 'no connection';
export type Ask = (url: URL, method: 'HEAD' | 'GET') => Promise<Asked>;

/** One polite question to a web server: it says who asks, follows nothing, and reads no page. */
export function createAsk({
  timeoutMs = 10_000,
  route = (url: URL) => url,
}: {
  timeoutMs?: number;
  /** Where to send it instead, for tests. */
  route?: (url: URL) => URL;
} = {}): Ask {
  return async (url, method) => {
    try {
      const { statusCode, headers, body } = await request(route(url), {
        method,
        headers: {
          'user-agent':
            'madoguchi-link-check/1 (checks official links of a help bot; one at a time)',
          'accept-language': 'ja',
        },
        signal: AbortSignal.timeout(timeoutMs),
      });
      // The status is all that is wanted: whatever else comes is cut off.
      body.on('error', () => {}).destroy();
      const { location } = headers;
      return typeof location === 'string'
        ? { status: statusCode, location }
        : { status: statusCode };
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'no connection';
    }
  };
}
