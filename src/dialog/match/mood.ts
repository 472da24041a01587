/** What a sentence tells of: what somebody wants, or what has been done or goes on. */
export type Mood = 'wish' | 'deed' | undefined;

/** Of a spelling without its polite end (`bare`); 「返品したいと思つてる」 is still a wish. */
export function moodOf(bareSpelt: string): Mood {
  if (/たいん?(?:$|とおもつ|と思つ)/.test(bareSpelt)) return 'wish';
  return /(?:た|てる)$/.test(bareSpelt) ? 'deed' : undefined;
}

/** 「返品したい」 and 「返品した」 differ by one letter, and by all that is to be done. */
export function isWishAndDeed(a: Mood, b: Mood): boolean {
  return a !== undefined && b !== undefined && a !== b;
}
