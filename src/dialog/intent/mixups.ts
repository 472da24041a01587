/** Puts one kanji for all that are taken for each other; the length stays. */
export type Fold = (text: string) => string;

const KANJI = /[\u4e00-\u9fff]/g;
const FEWEST_KANJI = 2;

/** Makes that out of lines of `返変辺、品晶`: kanji that sound or look alike. Each counts in the first group that has it. */
export function makeFold(groups: string): Fold {
  const first = new Map<string, string>();
  for (const group of groups.split(/[、\n]/)) {
    const kanji = [...group.trim()];
    const named = kanji.find((one) => !first.has(one)) ?? '';
    for (const one of kanji) if (!first.has(one)) first.set(one, named);
  }
  return (text) => text.replace(KANJI, (kanji) => first.get(kanji) ?? kanji);
}

/** Whether a word may be known by kanji that only resemble its own: those that stand alone are read otherwise. */
export function isFoldable(spelling: string): boolean {
  return (spelling.match(KANJI)?.length ?? 0) >= FEWEST_KANJI;
}
