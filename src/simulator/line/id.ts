import { createHash, randomBytes } from 'node:crypto';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID (26 characters, sorts by time) as LINE's `webhookEventId`; unique by its 80 random bits. */
export function ulid(nowMs: number): string {
  let time = '';
  let rest = Math.floor(nowMs);
  for (let index = 0; index < 10; index += 1) {
    time = crockford.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (const byte of randomBytes(16)) tail += crockford.charAt(byte & 31);
  return time + tail;
}

/** How LINE forms a user id. */
export const userIdForm = /^U[0-9a-f]{32}$/;

export function newUserId(): string {
  return `U${hex32()}`;
}

/** The nth user id of a seed: it looks like any other, and is the same in every run. */
export function someUser(seed: string, index: number): string {
  return `U${createHash('md5').update(`${seed}:${index}`).digest('hex')}`;
}

/** A reply token, a quote token and the like: 32 hex digits. */
export function hex32(): string {
  return randomBytes(16).toString('hex');
}
