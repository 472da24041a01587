import { isLatin } from '../normalise.ts';
import { type Lexicon, wordsAt } from './lexicon.ts';

/**
 * A text as numbers, in order: a word of the lexicon (whichever way it was spelt), any other Latin word, any other
 * character, any run of digits, or the end of a phrase.
 */
export type Tokens = readonly number[];

export const PHRASE_END = 0;
const DIGITS = 1;
const NO_WORD = -1;
const WORDS = 0x20_0000;
const LATIN = 0x40_0000;
/** Long stories say what they are about at their beginning and ask at their end. */
const HEAD = 500;
const TAIL = 300;
const MIXED_UP = 0.5;
const FIRST_KANJI = 0x4e00;

/** Used again for each text, which saves a tenth of the time to learn; nothing of it outlives a call. */
const scratch = {
  words: new Int32Array(HEAD + TAIL + 2),
  ends: new Int32Array(HEAD + TAIL + 2),
  worth: new Float64Array(HEAD + TAIL + 2),
};

export function tokensOf(lexicon: Lexicon, normalised: string): Tokens {
  const text =
    normalised.length <= HEAD + TAIL
      ? normalised
      : `${normalised.slice(0, HEAD)}。${normalised.slice(-TAIL)}`;
  const { words, ends } = segment(lexicon, text);
  const tokens: number[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const word = words[at] ?? NO_WORD;
    if (word !== NO_WORD) {
      at = ends[at] ?? at + 1;
      const named = lexicon.places.has(word) && isThing(lexicon, text, at, words[at] ?? NO_WORD);
      if (!lexicon.skipped.has(word) && !named) tokens.push(WORDS + word);
    } else if (isLatin(code)) {
      const end = endOfLatin(text, at);
      const latin = text.slice(at, end);
      tokens.push(/^\d+$/.test(latin) ? DIGITS : LATIN + hash(stem(latin)));
      at = end;
    } else {
      if (text[at] !== ' ') tokens.push(text[at] === '。' ? PHRASE_END : code);
      at += 1;
    }
  }
  return tokens;
}

/**
 * Chooses the words a text is made of, so that long words win over short ones that overlap them: in 「このにもつ」
 * にもつ wins over のに. The best choice for the rest of the text is found from its end to its beginning.
 */
function segment(
  lexicon: Lexicon,
  text: string,
): { words: Readonly<Int32Array>; ends: Readonly<Int32Array> } {
  const { words, ends, worth } = scratch;
  words.fill(NO_WORD, 0, text.length);
  worth[text.length] = 0;
  const folded = lexicon.fold(text);
  let from = text.length - 1;
  const take = (word: number, end: number, loss: number): void => {
    const sum = (end - from) ** 2 - loss + (worth[end] ?? 0);
    if (sum < (worth[from] ?? 0)) return;
    worth[from] = sum;
    words[from] = word;
    ends[from] = end;
  };
  const exact = (word: number, end: number): void => take(word, end, 0);
  // A word with mixed-up kanji is worth less than any that is written right.
  const mixedUp = (word: number, end: number): void => take(word, end, MIXED_UP);
  for (; from >= 0; from -= 1) {
    worth[from] = worth[from + 1] ?? 0;
    wordsAt(lexicon.entries, text, from, exact);
    if (text.charCodeAt(from) >= FIRST_KANJI) wordsAt(lexicon.folded, folded, from, mixedUp);
  }
  return { words, ends };
}

/** Whether what goes on at `at`, behind the name of a place, makes it a thing: バスタオル, 介護ベッド; not バスが, 病院予約. */
function isThing(lexicon: Lexicon, text: string, at: number, next: number): boolean {
  if (next !== NO_WORD) return lexicon.things.has(next);
  return at < text.length && !GOES_ON.test(text.slice(at, at + 2));
}

/** A particle, or the end of a phrase. */
const GOES_ON = /^(?:[がはをにのでもとへやかねよ。 ]|まで|より|つて|です|だ|行)/;

/** The index of a lexicon's word, or undefined for any other token. */
export function wordOf(token: number): number | undefined {
  return token >= WORDS && token < LATIN ? token - WORDS : undefined;
}

export function tokenOfWord(word: number): number {
  return WORDS + word;
}

function endOfLatin(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && isLatin(text.charCodeAt(end))) end += 1;
  return end;
}

/** "charges", "charged" and "charging" are one word; good enough for a classifier. */
function stem(latin: string): string {
  return latin.length > 4 ? latin.replace(/(?:ies|ing|ed|es|s)$/, '') : latin;
}

function hash(text: string): number {
  let value = 0x811c_9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x0100_0193);
  }
  return value & 0x3f_ffff;
}
