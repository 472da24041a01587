import { buttonsOf } from './buttons.ts';

/** What the bot says, as a golden conversation has it. */
export type Wording = { texts: string[]; ways: string[] };

/** Messages, or a JSON array of them that was written before. */
export type Sendable = readonly unknown[] | { json: string };

/** Numbered answers stand in the text already; the quick replies without a number are the ways out. */
export function wordingOf(sendable: Sendable): Wording {
  const messages = ('json' in sendable ? JSON.parse(sendable.json) : sendable) as readonly {
    text?: string;
    altText?: string;
    quickReply?: unknown;
  }[];
  return {
    texts: messages.map(({ text, altText }) => text ?? altText ?? ''),
    ways: buttonsOf(messages.at(-1)?.quickReply)
      .map(({ label }) => label)
      .filter((label) => !/^\d{1,2} /.test(label)),
  };
}
