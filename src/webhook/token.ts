import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a request carries the token: as `Bearer <token>` (Prometheus), or as the password of HTTP's basic
 * authentication with any name (a browser asks for it). Compared as hashes, so that neither length nor content shows
 * in the time it takes.
 */
export function holdsToken(authorization: string | undefined, token: string): boolean {
  const [scheme = '', given = ''] = authorization?.split(' ') ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return sameText(given, token);
    case 'basic': {
      const pair = Buffer.from(given, 'base64').toString('utf8');
      return sameText(pair.slice(pair.indexOf(':') + 1), token);
    }
    default:
      return false;
  }
}

function sameText(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
