import type { messagingApi } from '@line/bot-sdk';

/** Messages of one call as LINE takes them: a JSON array. */
export type Written = {
  length: number;
  readonly json: string;
  /** The array between two other pieces of JSON, encoded: anew for each call, since nobody else may write to it. */
  between: (before: string, after: string) => Buffer;
};

/** What can be sent: messages, or what was written before. */
export type Sendable = readonly messagingApi.Message[] | Written;

/** What is to be said, and why it is not said as it was drawn: places and rules, for the log. */
export type Rendered = { messages: Written; problems: readonly string[] };

export function write(messages: Sendable): Written {
  if ('between' in messages) return messages;
  const json = JSON.stringify(messages);
  const between = (before: string, after: string): Buffer => Buffer.from(before + json + after);
  return { length: messages.length, json, between };
}
