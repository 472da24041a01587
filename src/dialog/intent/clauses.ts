/**
 * Words that join two issues in one sentence; `し` only before kanji, for it is part of too many words. What one has done
 * oneself (「キャンセルしたのに返金されない」) is how the issue came about, not a second one.
 */
const JOINTS =
  /(?<!したのに)。|ので|けど|(?<!した)のに(?!つ)|それと|あと|それから|ついでに| and | but |し(?=[\u4e00-\u9fff])/;
const SHORTEST = 4;
/** More parts than this make a story, which tells much that is no issue. */
const MOST = 4;

/** The parts of a normalised text that can each tell an issue; empty when it has one part only, or is a story. */
export function clausesOf(normalised: string): string[] {
  const parts = normalised.split(JOINTS).filter((part) => part.length >= SHORTEST);
  return parts.length < 2 || parts.length > MOST ? [] : parts;
}
