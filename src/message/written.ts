import type { messagingApi } from '@line/bot-sdk';

/**
 * Messages of one call as LINE takes them: a JSON array, already encoded. Encoding Japanese text anew for each answer
 * was a twelfth of the CPU.
 */
export type Written = { length: number; bytes: Buffer; readonly json: string };

/** What can be sent: messages, or what was written before. */
export type Sendable = readonly messagingApi.Message[] | Written;

export function write(messages: Sendable): Written {
  if ('bytes' in messages) return messages;
  const json = JSON.stringify(messages);
  return { length: messages.length, bytes: Buffer.from(json), json };
}
