import type { messagingApi } from '@line/bot-sdk';
import type { Reply } from '../dialog/reply.ts';
import { clip } from './clip.ts';
import { outline } from './outline.ts';
import { createPen } from './pen.ts';
import { withQuickReply } from './quick-reply.ts';
import { type Words, spoken } from './spoken.ts';

const MOST_MESSAGES = 5;
const LONGEST_TEXT = 5000;

/**
 * The same replies as plain text messages, with the same numbered answers and quick replies: what is sent when LINE
 * would refuse the cards.
 */
export function createPlain(
  words: Words,
): (replies: readonly Reply[], nowMs: number) => messagingApi.TextMessage[] {
  return (replies, nowMs) => {
    const messages = replies.flatMap((reply): messagingApi.TextMessage[] => {
      const variant = spoken(words, reply);
      if (!variant) return [];
      const pen = createPen(words, reply.values ?? {}, nowMs);
      const choices = reply.choices ?? [];
      const lines = outline(variant, choices, pen);
      if (choices.length > 0) lines.push(words.labels.byNumber);
      return [{ type: 'text', text: clip(lines.join('\n'), LONGEST_TEXT) }];
    });
    return withQuickReply(messages.slice(0, MOST_MESSAGES), replies);
  };
}
