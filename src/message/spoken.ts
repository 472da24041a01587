import type { Reply } from '../dialog/reply.ts';
import type { Facts } from '../safety/facts.ts';
import type { Labels } from './labels.ts';
import type { Message, Messages, Phrase, Variant } from './schema.ts';

/** The part of the content that words are made of. */
export type Words = {
  messages: Readonly<Record<string, Messages>>;
  phrases: Readonly<Record<string, Phrase>>;
  facts: Facts;
  labels: Labels;
};

/** The words a reply names, with `by` decided. Undefined when they are gone because the content was edited meanwhile. */
export function spoken(words: Words, reply: Reply): Variant | undefined {
  const topic = own(words.messages, reply.dialog);
  const message = topic && own(topic.nodes, reply.node);
  if (!message) return undefined;
  const variant = 'by' in message ? variantOf(message, reply) : message;
  const asksItself = variant.text === undefined || variant.card?.kind === 'menu';
  return reply.alone && !asksItself ? { text: variant.text } : variant;
}

function variantOf(message: Extract<Message, { by: string }>, { answers = {} }: Reply): Variant {
  return own(message.cases, own(answers, message.by) ?? '') ?? message.else;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
