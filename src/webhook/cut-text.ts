const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** A letter with its marks or an emoji family is a few units; whoever piles up more than this is cut hard. */
const longestGrapheme = 200;

/** The first `max` UTF-16 units at most, never through an emoji or a letter and its marks, and well-formed. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text.toWellFormed();
  const window = text.slice(Math.max(0, max - longestGrapheme), max + longestGrapheme);
  const at = graphemes.segment(window).containing(Math.min(max, longestGrapheme))?.index ?? 0;
  const end = at === 0 ? max : max - Math.min(max, longestGrapheme) + at;
  // Cutting hard may halve a surrogate pair: its first half goes too.
  return text
    .slice(0, end)
    .replace(/[\uD800-\uDBFF]$/, '')
    .toWellFormed();
}
