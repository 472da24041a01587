/** Writes the figures in kanji before any of `units` (a pattern) as digits: 「二十一日」 is 21日; up to 99. */
export function figuresBefore(units: string): (text: string) => string {
  const pattern = new RegExp(`[一二三四五六七八九十]{1,4}(?=${units})`, 'g');
  return (text) => text.replace(pattern, (figures) => String(below10000(figures)));
}

const KANJI_NUMBER =
  /(?<![\d.,数何〇一二三四五六七八九十百千万])[一二三四五六七八九十百千][〇一二三四五六七八九十百千万]*/g;

/** Writes numbers in kanji as digits, up to 99,999,999: 「百二十万円」 is 1200000円, 「三九八〇円」 3980円. */
export function withoutKanjiNumbers(text: string): string {
  return text.replace(KANJI_NUMBER, (number) => {
    const [high = '', low] = number.includes('万') ? number.split('万') : ['', number];
    return String(below10000(high) * 10_000 + below10000(low ?? ''));
  });
}

const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 「二十一」 is 21, and so is 「二一」. */
function below10000(number: string): number {
  if (!/[十百千]/.test(number)) return Number([...number].map(figure).join(''));
  return [...number.matchAll(/([一二三四五六七八九]?)([十百千]|$)/g)].reduce(
    (sum, [, count = '', unit = '']) =>
      sum + (count === '' && unit !== '' ? 1 : figure(count)) * (UNITS[unit] ?? 1),
    0,
  );
}

function figure(kanji: string): number {
  return kanji === '' ? 0 : '〇一二三四五六七八九'.indexOf(kanji);
}
