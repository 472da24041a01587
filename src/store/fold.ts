import type { Event } from '../dialog/event.ts';

/**
 * What is kept of an event for which the mailbox has no room: instead of itself, or instead of the last one that waits.
 * Words, taps and pictures become one `burst`, which is answered with the newest reply token; in a group, where nothing
 * is answered, the newest event stands for all. What changes what is kept of a user (follow, unfollow, unsend) is never
 * folded. lua/fold.lua does the same.
 */
export function fold(
  last: Event,
  event: Event,
): { instead: 'of itself' | 'of the last'; event: Event } {
  const { body } = event;
  switch (body.kind) {
    case 'text':
    case 'media':
    case 'postback': {
      const before = last.body.kind === 'burst' ? last.body.count : 0;
      return {
        instead: before > 0 ? 'of the last' : 'of itself',
        event: { ...event, body: { kind: 'burst', count: before + 1 } },
      };
    }
    case 'group': {
      if (last.body.kind !== 'group') return { instead: 'of itself', event };
      const addressed = body.addressed || last.body.addressed;
      return { instead: 'of the last', event: { ...event, body: { kind: 'group', addressed } } };
    }
    default:
      return { instead: 'of itself', event };
  }
}
