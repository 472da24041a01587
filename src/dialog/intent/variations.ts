import type { Sample } from './classifier.ts';
import { seedOf, sequence } from './sequence.ts';
import { featuresOf } from './features.ts';
import { PHRASE_END, type Tokens } from './tokens.ts';

/** A sentence read into tokens, with the classes it belongs to. */
export type Read = { tokens: Tokens; classes: readonly number[] };

/**
 * Tokens to put before a sentence: names of others, one of them at a time, and the name of Amazon; and what joins two
 * issues in one sentence.
 */
type Signs = { elsewhere: Tokens; amazon: Tokens; joints: readonly Tokens[] };

const TWO_ISSUES = 0.2;
const IN_A_STORY = 0.2;
const GREETED = 0.06;
const WITH_OTHERS = 0.12;
const WITH_AMAZON = 0.1;

/**
 * More sentences out of those that editors wrote: two issues in one message, an issue told as a story or after a
 * greeting, and the same trouble with another company (which is out of scope) or with Amazon named (which changes
 * nothing).
 */
export function variations(
  topics: readonly Read[],
  politeness: readonly Read[],
  context: readonly Read[],
  signs: Signs,
  outside: number,
): Sample[] {
  const samples: Sample[] = [];
  const put = (tokens: Tokens, classes: readonly number[]): void => {
    samples.push({ features: featuresOf(tokens), classes });
  };
  for (const { tokens, classes } of topics) {
    // Of its own, so that a line more or less changes little about what is made of the others.
    const random = sequence(seedOf(tokens));
    const anyOf = <T>(from: readonly T[]): T | undefined =>
      from[Math.floor(random() * from.length)];
    const chance = random();
    const other = anyOf(topics);
    if (chance < TWO_ISSUES && other && other.classes[0] !== classes[0]) {
      const both = [...new Set([...classes, ...other.classes])];
      const joint = anyOf(signs.joints) ?? [PHRASE_END];
      put([...tokens, ...joint, ...other.tokens], both);
    } else if (chance > 1 - GREETED) {
      put([...(anyOf(politeness)?.tokens ?? []), PHRASE_END, ...tokens], classes);
    }
    if (random() < IN_A_STORY) {
      const [before, between, after] = [anyOf(context), anyOf(context), anyOf(context)];
      const told = [before, { tokens }, random() < 0.5 ? between : undefined, after];
      put(
        told.flatMap((part) => (part ? [...part.tokens, PHRASE_END] : [])),
        classes,
      );
    }
    const named = random();
    const name = anyOf(signs.elsewhere) ?? PHRASE_END;
    if (named < WITH_OTHERS) put([name, ...tokens], [outside]);
    else if (named > 1 - WITH_AMAZON) put([...signs.amazon, ...tokens], classes);
  }
  return samples;
}
