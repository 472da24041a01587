import { hash } from 'node:crypto';

/** Where an owner lives: its partition, and the name it has in keys, which tells nobody who it is. */
export type Place = { partition: number; hash: string };

/** The queue of each partition; in a cluster a partition's keys are on one node, by its tag in braces. */
export function queueKeysOf({ prefix = 'madoguchi', partitions = 16 } = {}): string[] {
  return Array.from({ length: partitions }, (_, p) => `${prefix}:{${p}}:queue`);
}

/** 96 bits of SHA-256 name the owner, the next 16 its partition. Stable for ever: stored data depends on it. */
export function placeOf(owner: string, partitions: number): Place {
  const digest = hash('sha256', owner, 'buffer');
  return {
    hash: digest.toString('base64url', 0, 12),
    partition: digest.readUInt16BE(12) % partitions,
  };
}

/**
 * 42 bits that stand for an event's id among the ids of one owner: seven characters. Of a thousand ids a day one in
 * four billion is taken for another.
 */
export function markOf(eventId: string): string {
  return hash('sha256', eventId, 'base64url').slice(0, 7);
}

/** 128 bits in the place of a text that names somebody: no two texts share them. */
export function digestOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}

/** The hour of a time as seven characters that sort as text. */
export function hourOf(ms: number): string {
  return `.${Math.max(0, Math.floor(ms / 3_600_000))
    .toString(36)
    .padStart(6, '0')}`;
}

/** The id of the event a timer turns into. */
export function reminderEventId(timerId: string, dueMs: number): string {
  return `reminder:${timerId}:${dueMs}`;
}
