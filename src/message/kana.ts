import { readDate } from './english.ts';

/** English in Japanese letters, as the readings in messages/phrases.yaml write it. */
const UP_TO_19 = [
  'ゼロ',
  'ワン',
  'トゥー',
  'スリー',
  'フォー',
  'ファイブ',
  'シックス',
  'セブン',
  'エイト',
  'ナイン',
  'テン',
  'イレブン',
  'トゥエルブ',
  'サーティーン',
  'フォーティーン',
  'フィフティーン',
  'シックスティーン',
  'セブンティーン',
  'エイティーン',
  'ナインティーン',
] as const;

const TENS = [
  '',
  '',
  'トゥエンティ',
  'サーティ',
  'フォーティ',
  'フィフティ',
  'シックスティ',
  'セブンティ',
  'エイティ',
  'ナインティ',
] as const;

/** 1st to 19th; from the fourth on most only add ス, these do not. */
const ORDINALS: Readonly<Record<number, string>> = {
  1: 'ファースト',
  2: 'セカンド',
  3: 'サード',
  5: 'フィフス',
  8: 'エイス',
  12: 'トゥエルフス',
};

const MONTHS = [
  'ジャニュアリー',
  'フェブラリー',
  'マーチ',
  'エイプリル',
  'メイ',
  'ジューン',
  'ジュライ',
  'オーガスト',
  'セプテンバー',
  'オクトーバー',
  'ノーベンバー',
  'ディセンバー',
] as const;

/**
 * A value as it is read out in English, in kana: dates (11月3日), sums of yen (3,980), and order numbers figure by
 * figure; other words stay. Whoever needs the reading cannot make it from the figures.
 */
export function inKana(value: string): string {
  const date = readDate(value);
  if (date) {
    const day = `${MONTHS[date.month - 1]} ${ordinal(date.day)}`;
    return date.year === undefined ? day : `${day}、${year(date.year)}`;
  }
  if (/^\d{3}-\d{7}-\d{7}$/.test(value)) return value.split('-').map(figures).join('、');
  if (/^\d{1,3}(?:,\d{3}){0,2}$/.test(value)) return cardinal(Number(value.replaceAll(',', '')));
  return value;
}

function figures(digits: string): string {
  return [...digits].map((digit) => UP_TO_19[Number(digit)]).join(' ');
}

/** 0 to 999,999,999. */
function cardinal(number: number): string {
  for (const [size, name] of [
    [1_000_000, 'ミリオン'],
    [1000, 'サウザンド'],
    [100, 'ハンドレッド'],
  ] as const) {
    if (number >= size)
      return join(`${cardinal(Math.floor(number / size))} ${name}`, number % size);
  }
  return UP_TO_19[number] ?? join(TENS[Math.floor(number / 10)] ?? '', number % 10);
}

function join(head: string, rest: number): string {
  return rest === 0 ? head : `${head} ${cardinal(rest)}`;
}

/** 1 to 31. */
function ordinal(day: number): string {
  if (day < 20) return ORDINALS[day] ?? `${UP_TO_19[day]}ス`;
  const tens = TENS[Math.floor(day / 10)];
  return day % 10 === 0 ? `${tens}エス` : `${tens} ${ordinal(day % 10)}`;
}

/** 2026 is twenty twenty-six. */
function year(number: number): string {
  const rest = number % 100;
  return rest < 10 ? cardinal(number) : `${cardinal(Math.floor(number / 100))} ${cardinal(rest)}`;
}
