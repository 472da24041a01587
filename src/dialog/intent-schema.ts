import { z } from 'zod';
import { id } from './schema.ts';

/** One example a line; lines that begin with # are remarks. */
const lines = z.string().trim().min(1, '例文を1行に1文ずつ書いてください');

/** messages/intents.yaml: what people say when they mean a topic, a command, or something this bot does not do. */
export const intentSource = z.strictObject({
  /** Name of a word → its spellings, separated by 「、」, with `[a|b]` for alternatives. */
  words: z.record(z.string().min(1), z.string().trim().min(1)),
  /** Words that decide by themselves. */
  signs: z.strictObject({
    /** Always answered as despair, whatever else is said. */
    despair: z.string(),
    /** Names of other companies: out of scope unless Amazon is named too. */
    'other-shop': z.string(),
    /** Words that make any trouble one that is out of scope, most of the time. */
    elsewhere: z.string(),
    /** Words that change no meaning: left out of what is compared. */
    skip: z.string(),
    /** Names of Amazon and its services. */
    amazon: z.string(),
  }),
  /** `荷物=にもつ`, separated by 「、」 or line ends: how words in kanji are typed in kana. */
  readings: z.string(),
  topics: z.record(id, lines),
  /** Topics of which either will do for most texts, so that they are not asked apart. */
  near: z.string(),
  /** What people tell around their issue; it means no topic by itself. */
  context: lines,
  /** Texts with two issues: `文 → topic, topic` a line. */
  several: lines,
  /** Out of scope, by the kind that decides which place is named. */
  outside: z.record(id, lines),
  commands: z.record(id, lines),
});

export type IntentSource = z.infer<typeof intentSource>;
