const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/**
 * At most `most` UTF-16 units, cut between graphemes and closed with `…`. UTF-16 length is never less than what LINE
 * counts (line reference: character counting), so a text that fits here fits there.
 */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, most + 64))) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end)}…`;
}
