/** Writes the figures in kanji before any of `units` (a pattern) as digits: 「二十一日」 is 21日; up to 99. */
export function figuresBefore(units: string): (text: string) => string {
  const pattern = new RegExp(`[一二三四五六七八九十]{1,4}(?=${units})`, 'g');
  return (text) => text.replace(pattern, (figures) => String(fromKanji(figures)));
}

function fromKanji(figures: string): number {
  const ten = figures.indexOf('十');
  if (ten < 0) return Number([...figures].map(figure).join(''));
  const tens = ten === 0 ? 1 : figure(figures.slice(0, 1));
  return tens * 10 + figure(figures.slice(ten + 1, ten + 2));
}

function figure(kanji: string): number {
  return kanji === '' ? 0 : '一二三四五六七八九'.indexOf(kanji) + 1;
}
