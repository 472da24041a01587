import { isLatin, normalise } from '../normalise.ts';
import { alternatives, listed } from './alternatives.ts';
import type { Kana } from './readings.ts';
import { misspellings } from './misspellings.ts';

/** A tree of spellings: `word` is set where one ends. */
type Branch = { next: Map<number, Branch>; word?: number };

/** `names` by word; `skipped` are the words that change no meaning. */
export type Lexicon = { root: Branch; names: readonly string[]; skipped: ReadonlySet<number> };

const KATAKANA = /^[ァ-ヶー]+$/;
/** Shorter words in kana are parts of other words too often. */
const LONG_ENOUGH = 4;
/** More spellings than anybody lists for one entry. */
const MOST_SPELLINGS = 400;

/** Makes the tree that finds any spelling of any word of intents.yaml. The first to claim a spelling keeps it. */
export function makeLexicon(
  words: Readonly<Record<string, string>>,
  skip: string,
  kana: Kana,
): Lexicon {
  const root: Branch = { next: new Map() };
  const names = Object.keys(words);
  const mistyped: { spelling: string; word: number }[] = [];
  const spoken: { spelling: string; word: number }[] = [];
  for (const [word, name] of names.entries()) {
    for (const pattern of listed(words[name] ?? '')) {
      for (const written of alternatives(pattern, MOST_SPELLINGS)) {
        const spelling = normalise(written);
        add(root, spelling, word);
        const inKana = kana(written);
        if (inKana && inKana.length >= LONG_ENOUGH) {
          spoken.push({ spelling: normalise(inKana), word });
        }
        if (KATAKANA.test(written)) mistyped.push({ spelling, word });
      }
    }
  }
  for (const { spelling, word } of spoken) add(root, spelling, word);
  for (const { spelling, word } of mistyped) {
    for (const wrong of misspellings(spelling)) add(root, wrong, word);
  }
  return { root, names, skipped: new Set(listed(skip).map((name) => names.indexOf(name))) };
}

/** Calls `found` for every spelling that begins at `from`, shortest first: its word and where it ends. */
export function wordsAt(
  { root }: Lexicon,
  text: string,
  from: number,
  found: (word: number, end: number) => void,
): void {
  if (isLatin(text.charCodeAt(from)) && isLatin(text.charCodeAt(from - 1))) return;
  let branch: Branch | undefined = root;
  for (let at = from; at < text.length; at += 1) {
    branch = branch.next.get(text.charCodeAt(at));
    if (branch === undefined) return;
    const within = isLatin(text.charCodeAt(at)) && isLatin(text.charCodeAt(at + 1));
    if (branch.word !== undefined && !within) found(branch.word, at + 1);
  }
}

function add(root: Branch, spelling: string, word: number): void {
  if (spelling === '') return;
  let branch = root;
  for (let at = 0; at < spelling.length; at += 1) {
    const code = spelling.charCodeAt(at);
    const next: Branch = branch.next.get(code) ?? { next: new Map() };
    branch.next.set(code, next);
    branch = next;
  }
  branch.word ??= word;
}
