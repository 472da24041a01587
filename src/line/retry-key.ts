import { createHash } from 'node:crypto';

/**
 * The `X-Line-Retry-Key` of whatever this id names: the same id gives the same UUID on every machine and after every
 * crash, so LINE sends it once (it remembers keys for 24 h).
 * https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 */
export function retryKey(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  // Version 8 (made our own way) and the RFC 9562 variant.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
