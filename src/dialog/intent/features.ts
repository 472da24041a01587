import { PHRASE_END, type Tokens, wordOf } from './tokens.ts';

/**
 * What a text shows: a number for each feature, whose last two bits say of which kind it is, and so how much it counts.
 * In a long text, what is said again and again counts once.
 */
export type Features = readonly number[];

const WORD = 0;
const PAIR = 1;
const RUN = 2;
/** By kind: a word of the lexicon, two of them in order, and tokens as they stand in a row. */
const STRENGTHS: readonly number[] = [1, 0.6, 0.45];
/** Runs of up to this many tokens. */
const LONGEST_RUN = 3;
/** Texts of so few tokens hardly repeat themselves: they are not searched for it. */
const SHORT = 25;
/** A word is paired with this many of the words that follow. */
const PAIRED = 3;

export function featuresOf(tokens: Tokens): Features {
  const features: number[] = [];
  const words: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? PHRASE_END;
    if (token === PHRASE_END) continue;
    let run = mix(RUN, token);
    if (wordOf(token) !== undefined) {
      words.push(token);
      features.push(ofKind(run, WORD));
    } else if (!isKana(token)) features.push(ofKind(run, RUN));
    for (let length = 2; length <= LONGEST_RUN; length += 1) {
      const next = tokens[at + length - 1];
      if (next === undefined) break;
      run = mix(run, next);
      features.push(ofKind(run, RUN));
    }
  }
  for (let at = 0; at < words.length; at += 1) {
    for (let other = at + 1; other < words.length && other <= at + PAIRED; other += 1) {
      features.push(ofKind(mix(mix(PAIR, words[at] ?? 0), words[other] ?? 0), PAIR));
    }
  }
  return tokens.length > SHORT ? [...new Set(features)] : features;
}

/** How much a feature counts. */
export function strengthOf(feature: number): number {
  return STRENGTHS[feature & 3] ?? 0;
}

function ofKind(value: number, kind: number): number {
  return (value << 2) | kind;
}

/** One kana says nothing by itself. */
function isKana(token: number): boolean {
  return token >= 0x3041 && token <= 0x3096;
}

function mix(value: number, token: number): number {
  const mixed = Math.imul(value ^ token, 0x9e37_79b1);
  return mixed ^ (mixed >>> 15);
}
