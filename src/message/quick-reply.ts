import type { messagingApi } from '@line/bot-sdk';
import type { Choice, Reply } from '../dialog/reply.ts';
import { answerAction } from './cards/choices.ts';
import { clip } from './clip.ts';

/** LINE's limits: at most 13 items, labels of at most 20 characters. */
const MOST_ITEMS = 13;
const LONGEST_LABEL = 20;

/** The numbered answers, then the ways out. Where there is no room for all, the last answers stay in the card only. */
function quickReply(reply: Reply): messagingApi.QuickReply | undefined {
  const ways = (reply.ways ?? []).slice(0, MOST_ITEMS);
  const choices = (reply.choices ?? []).slice(0, MOST_ITEMS - ways.length);
  const items = [
    ...choices.map((choice, index) => item(choice, `${index + 1} ${choice.label}`)),
    ...ways.map((way) => item(way, way.label)),
  ];
  return items.length > 0 ? { items } : undefined;
}

function item(choice: Choice, label: string): messagingApi.QuickReplyItem {
  return { type: 'action', action: answerAction(choice, clip(label, LONGEST_LABEL)) };
}

/**
 * Puts the last reply's quick replies on the last message: LINE shows only those of the last one. Returns new objects.
 */
export function withQuickReply<T extends messagingApi.Message>(
  messages: readonly T[],
  replies: readonly Reply[],
): T[] {
  const asking = replies.findLast((reply) => reply.choices?.length || reply.ways?.length);
  const items = asking && quickReply(asking);
  return messages.map((message, index) =>
    items && index === messages.length - 1 ? { ...message, quickReply: items } : message,
  );
}
