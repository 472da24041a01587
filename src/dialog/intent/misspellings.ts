/** ソ and ン, シ and ツ: alike in katakana, and taken for each other by eyes and by text recognition. */
const LOOKALIKES: Readonly<Record<string, string>> = { そ: 'ん', ん: 'そ', し: 'つ', つ: 'し' };
/** Shorter words, one letter off, are other words: ツタヤ is not したや. */
const LONG_ENOUGH = 4;
const VERY_LONG = 6;

/** How a word that is written in katakana is mistyped, all in the normalised spelling: a look-alike letter, and in long words a letter left out or two exchanged. */
export function misspellings(normalised: string): string[] {
  const letters = [...normalised];
  if (letters.length < LONG_ENOUGH) return [];
  const spelt = (from: number, count: number, ...put: string[]): string =>
    letters.toSpliced(from, count, ...put).join('');
  return letters.flatMap((letter, at) => {
    const twin = LOOKALIKES[letter];
    const next = letters[at + 1];
    const wrong = twin === undefined ? [] : [spelt(at, 1, twin)];
    if (letters.length < VERY_LONG || at === 0) return wrong;
    return next === undefined
      ? [...wrong, spelt(at, 1)]
      : [...wrong, spelt(at, 1), spelt(at, 2, next, letter)];
  });
}
