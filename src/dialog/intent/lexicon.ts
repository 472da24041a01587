import { isLatin, normalise } from '../normalise.ts';
import { alternatives, listed } from './alternatives.ts';
import { misspellings } from './misspellings.ts';
import { type Fold, isFoldable } from './mixups.ts';
import type { Kana } from './readings.ts';

type Entry = { spelling: string; word: number };

export type Lexicon = {
  /** All spellings, by their first two characters. */
  entries: ReadonlyMap<number, readonly Entry[]>;
  /** The same with mixed-up kanji made one: `fold` does that to a text. */
  folded: ReadonlyMap<number, readonly Entry[]>;
  fold: Fold;
  /** The words' names, by word. */
  names: readonly string[];
  /** Words that change no meaning. */
  skipped: ReadonlySet<number>;
  /** Words for places, and for things, which may be named after one: バスタオル. */
  places: ReadonlySet<number>;
  things: ReadonlySet<number>;
};

const KATAKANA = /^[ァ-ヶー]+$/;
/** Shorter words in kana are parts of other words too often. */
const LONG_ENOUGH = 4;
/** More spellings than anybody lists for one entry. */
const MOST_SPELLINGS = 400;

/**
 * Gathers every spelling of the words of intents.yaml: as listed, then in kana, then mistyped. What is found first keeps
 * a spelling. `signs` name the words that change no meaning, those for places and those for things.
 */
export function makeLexicon(
  words: Readonly<Record<string, string>>,
  signs: { skip: string; places: string; things: string },
  kana: Kana,
  fold: Fold,
): Lexicon {
  const names = Object.keys(words);
  const listedOnes: Entry[] = [];
  const spoken: Entry[] = [];
  const mistyped: Entry[] = [];
  for (const [word, name] of names.entries()) {
    for (const pattern of listed(words[name] ?? '')) {
      for (const written of alternatives(pattern, MOST_SPELLINGS)) {
        const spelling = normalise(written);
        listedOnes.push({ spelling, word });
        const inKana = kana(written);
        if (inKana !== undefined && inKana.length >= LONG_ENOUGH) {
          spoken.push({ spelling: normalise(inKana), word });
        }
        if (KATAKANA.test(written)) {
          mistyped.push(...misspellings(spelling).map((wrong) => ({ spelling: wrong, word })));
        }
      }
    }
  }
  const wordsOf = (sign: string): Set<number> =>
    new Set(listed(sign).map((name) => names.indexOf(name)));
  const alike = listedOnes
    .filter(({ spelling }) => isFoldable(spelling))
    .map(({ spelling, word }) => ({ spelling: fold(spelling), word }));
  const entries = indexed([...listedOnes, ...spoken, ...mistyped]);
  return {
    entries,
    folded: indexed(alike),
    fold,
    names,
    skipped: wordsOf(signs.skip),
    places: wordsOf(signs.places),
    things: wordsOf(signs.things),
  };
}

/** Calls `found` for every spelling that begins at `from`: its word and where it ends. */
export function wordsAt(
  entries: Lexicon['entries'],
  text: string,
  from: number,
  found: (word: number, end: number) => void,
): void {
  const first = text.charCodeAt(from);
  if (isLatin(first) && isLatin(text.charCodeAt(from - 1))) return;
  offer(entries.get(keyOf(first, 0)), text, from, found);
  if (from + 1 === text.length) return;
  offer(entries.get(keyOf(first, text.charCodeAt(from + 1))), text, from, found);
}

function offer(
  entries: readonly Entry[] | undefined,
  text: string,
  from: number,
  found: (word: number, end: number) => void,
): void {
  if (entries === undefined) return;
  for (const { spelling, word } of entries) {
    const end = from + spelling.length;
    if (!text.startsWith(spelling, from)) continue;
    if (isLatin(text.charCodeAt(end - 1)) && isLatin(text.charCodeAt(end))) continue;
    found(word, end);
  }
}

function indexed(all: readonly Entry[]): Map<number, Entry[]> {
  const claimed = new Set<string>();
  const entries = new Map<number, Entry[]>();
  for (const entry of all) {
    const { spelling } = entry;
    if (spelling === '' || claimed.has(spelling)) continue;
    claimed.add(spelling);
    const key = keyOf(spelling.charCodeAt(0), spelling.length > 1 ? spelling.charCodeAt(1) : 0);
    const alike = entries.get(key);
    if (alike) alike.push(entry);
    else entries.set(key, [entry]);
  }
  return entries;
}

function keyOf(first: number, second: number): number {
  return (first << 16) | second;
}
