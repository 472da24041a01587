import type { messagingApi } from '@line/bot-sdk';

/** Messages of one call as LINE takes them, already written as a JSON array. */
export type Written = { length: number; json: string };

/** What can be sent: messages, or what was written before. */
export type Sendable = readonly messagingApi.Message[] | Written;

export function write(messages: Sendable): Written {
  if ('json' in messages) return messages;
  return { length: messages.length, json: JSON.stringify(messages) };
}
