import { PHRASE_END, type Tokens, wordOf } from './tokens.ts';

/**
 * What a text shows: numbers of features, and how strong each is. What is said twice stands there twice.
 */
export type Features = { keys: readonly number[]; strengths: readonly number[] };

const WORD = 1;
const PAIR = 0.6;
const RUN = 0.45;
/** Runs of up to this many tokens. */
const LONGEST_RUN = 3;
/** A word is paired with this many of the words that follow. */
const PAIRED = 3;

/** Words of the lexicon, pairs of them in order, and runs of tokens as they stand. */
export function featuresOf(tokens: Tokens): Features {
  const keys: number[] = [];
  const strengths: number[] = [];
  const put = (key: number, strength: number): void => {
    keys.push(key);
    strengths.push(strength);
  };
  const words: number[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token === PHRASE_END) continue;
    let run = mix(2, token);
    if (wordOf(token) !== undefined) {
      words.push(token);
      put(run, WORD);
    } else if (!isKana(token)) put(run, RUN);
    for (let length = 2; length <= LONGEST_RUN; length += 1) {
      const next = tokens[at + length - 1];
      if (next === undefined) break;
      run = mix(run, next);
      put(run, RUN);
    }
  }
  for (const [at, word] of words.entries()) {
    for (let other = at + 1; other < words.length && other <= at + PAIRED; other += 1) {
      put(mix(mix(3, word), words[other] ?? 0), PAIR);
    }
  }
  return { keys, strengths };
}

/** One kana says nothing by itself. */
function isKana(token: number): boolean {
  return token >= 0x3041 && token <= 0x3096;
}

function mix(value: number, token: number): number {
  const mixed = Math.imul(value ^ token, 0x9e37_79b1);
  return mixed ^ (mixed >>> 15);
}
