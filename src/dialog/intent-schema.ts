import { z } from 'zod';
import { listed } from './intent/alternatives.ts';
import { id } from './schema.ts';

/** One example a line; lines that begin with # are remarks. */
const lines = z.string().trim().min(1, '例文を1行に1文ずつ書いてください');

const shape = z.strictObject({
  /** Name of a word → its spellings, separated by 「、」, with `[a|b]` for alternatives. */
  words: z.record(z.string().min(1), z.string().trim().min(1)),
  /** Words that decide by themselves. */
  signs: z.strictObject({
    /** Always answered as despair, whatever else is said. */
    despair: z.string(),
    /** Always answered as an emergency, whatever else is said. */
    emergency: z.string(),
    /** Smoke and fire: an emergency, unless one of `over` tells that it is past. */
    fire: z.string(),
    /** What is wished when the fire is out, and days gone by. */
    over: z.string(),
    /** Without one of these, a short text is not answered as despair because it is like an example of it. */
    distress: z.string(),
    /** Names of other companies: out of scope unless Amazon is named too. */
    'other-shop': z.string(),
    /** What calls something a fraud and says no more: beside another company's name it is no grave topic. */
    fraud: z.string(),
    /** Words that make any trouble one that is out of scope, most of the time. */
    elsewhere: z.string(),
    /** Places and trades: out of scope by themselves, and no more than a part of the name of a thing: バスタオル, 介護ベッド. */
    places: z.string(),
    /** Things that are bought, by which such a name may end. */
    things: z.string(),
    /** Words that change no meaning: left out of what is compared. */
    skip: z.string(),
    /** Names of Amazon and its services. */
    amazon: z.string(),
  }),
  /** `荷物=にもつ`, separated by 「、」 or line ends: how words in kanji are typed in kana. */
  readings: z.string(),
  /** Kanji that sound or look alike, a group between 「、」 or line ends: 変金 is read as 返金. */
  mixups: z.string(),
  topics: z.record(id, lines),
  /** Topics of which either will do for most texts, so that they are not asked apart. */
  near: z.string(),
  /** Topics that are opened although another company is named. */
  grave: z.string(),
  /** What people tell around their issue; it means no topic by itself. */
  context: lines,
  /** Texts with two issues: `文 → topic, topic` a line. */
  several: lines,
  /** Out of scope, by the kind that decides which place is named. */
  outside: z.record(id, lines),
  commands: z.record(id, lines),
});

/** messages/intents.yaml: what people say when they mean a topic, a command, or something this bot does not do. */
export const intentSource = shape.superRefine((source, context) => {
  const report = (path: string[], message: string): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  for (const [sign, names] of Object.entries(source.signs)) {
    for (const name of listed(names)) {
      if (!Object.hasOwn(source.words, name))
        report(['signs', sign], `words に「${name}」がありません`);
    }
  }
  for (const list of ['near', 'grave'] as const) {
    for (const topic of listed(source[list])) {
      if (!Object.hasOwn(source.topics, topic)) report([list], `topics に ${topic} がありません`);
    }
  }
  for (const line of source.several.split('\n')) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const [, topics = ''] = line.split('→');
    for (const topic of topics.split(',').map((named) => named.trim())) {
      if (Object.hasOwn(source.topics, topic)) continue;
      report(
        ['several'],
        `「${line.trim()}」の話題「${topic}」が topics にありません（例: 文 → topic, topic）`,
      );
    }
  }
});

export type IntentSource = z.infer<typeof intentSource>;
