import { z } from 'zod';

/** Words may hold `{order}` (a slot; 〇〇 while it is open) and `{fact:some-id}` (the value of a live fact). */
const words = z.string().trim().min(1);
const factId = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** An official link behind a button; the address itself stands only in facts.yaml. */
const link = z.strictObject({ fact: factId, label: words, note: words.optional() });

const cardFields = {
  title: words,
  /** A short remark under the card's main part. */
  note: words.optional(),
  /** Facts whose class and date are shown at the foot. */
  facts: z.array(factId).optional(),
};

const card = z.discriminatedUnion('kind', [
  /** Numbered steps, in order. `links` become buttons at the foot. */
  z.strictObject({
    kind: z.literal('steps'),
    ...cardFields,
    steps: z.array(words).min(1).max(10),
    links: z.array(link).max(3).optional(),
  }),
  /** Things to check, in any order. */
  z.strictObject({
    kind: z.literal('checklist'),
    ...cardFields,
    items: z.array(words).min(1).max(10),
    links: z.array(link).max(3).optional(),
  }),
  /** Sentences to say or paste, each with a copy button. A string is the id of a phrase in messages/phrases.yaml. */
  z.strictObject({
    kind: z.literal('phrases'),
    ...cardFields,
    phrases: z
      .array(z.string().regex(/^[a-z][a-z0-9-]*$/))
      .min(1)
      .max(8),
  }),
  /** Official pages and numbers. */
  z.strictObject({ kind: z.literal('links'), ...cardFields, links: z.array(link).min(1).max(6) }),
  /** Something to know; `tone` says how much it matters, in words and shape, not in colour alone. */
  z.strictObject({
    kind: z.literal('notice'),
    ...cardFields,
    tone: z.enum(['info', 'care', 'urgent']),
    lines: z.array(words).min(1).max(8),
    links: z.array(link).max(3).optional(),
  }),
  /** The topics to choose from; the rows are the answers of the node. */
  z.strictObject({ kind: z.literal('menu'), ...cardFields }),
]);

const answer = z.union([
  words,
  z.strictObject({
    /** What the button says: at most 20 characters, LINE's limit for a quick reply. */
    label: words,
    /** A second line in the menu card. */
    hint: words.optional(),
    /** What people type when they mean this answer. */
    say: z.array(words).optional(),
  }),
]);

const saying = {
  card: card.optional(),
  /** The question, or the sentence, that follows the card or stands alone. */
  text: words.optional(),
  /** What notifications and screen readers say instead of the card; made from the card when absent. */
  alt: words.optional(),
};

const nonEmpty = (value: { card?: unknown; text?: unknown }) =>
  value.card !== undefined || value.text !== undefined;
const variant = z.strictObject(saying).refine(nonEmpty, 'card か text のどちらかが要ります');

/** What a node says. With `by`, the words depend on an earlier answer; `else` serves when none of the cases fits. */
// No `z.union`: of a value that fits neither, that tells only what is strange to the first.
const message = z.xor([
  z
    .strictObject({ ...saying, answers: z.record(z.string(), answer).optional() })
    .refine(nonEmpty, 'card か text のどちらかが要ります'),
  z.strictObject({
    by: z.string(),
    cases: z.record(z.string(), variant),
    else: variant,
    answers: z.record(z.string(), answer).optional(),
  }),
]);

/** One file of messages/ja/: the words of the dialog of the same name; node name = message name. */
export const messages = z.strictObject({
  /** The topic's name as users read it, also on the button that offers it. */
  title: words,
  /** What people say when a matter of this topic is settled, besides 「解決した」: 「届いた」 settles no return. */
  done: z.array(words).optional(),
  nodes: z.record(z.string(), message),
});

/** messages/phrases.yaml: sentences for the call and the chat. */
export const phrase = z.strictObject({
  /** When to say it, e.g. 「ゆっくり話してほしいとき」. */
  when: words,
  ja: words,
  en: words.optional(),
  /** How the English reads, in kana. */
  kana: words.optional(),
});
export const phrases = z.record(z.string(), phrase);

export type Link = z.infer<typeof link>;
export type Card = z.infer<typeof card>;
export type Variant = z.infer<typeof variant>;
export type Message = z.infer<typeof message>;
export type Messages = z.infer<typeof messages>;
export type Answer = z.infer<typeof answer>;
export type Phrase = z.infer<typeof phrase>;
