import { withoutKanjiNumbers } from './figures.ts';
import type { SlotKind } from './schema.ts';

/** What a user typed, brought into the one form the scripts use; or why it cannot be taken. */
export type SlotReading = { value: string } | { problem: 'format' | 'too-long' | 'unsafe' };

const LONGEST = 60;

/**
 * Reads a value of that kind out of a text. Order numbers of Amazon are `\d{3}-\d{7}-\d{7}`.
 * `mayRepeat` refuses what the bot must never say back (links, numbers that are no fact).
 */
export function readSlot(
  kind: SlotKind,
  text: string,
  mayRepeat: (text: string) => boolean,
): SlotReading {
  const plain = text.normalize('NFKC').trim();
  switch (kind) {
    case 'order':
      return orderNumber(plain);
    case 'amount':
      return amount(plain);
    case 'item':
    case 'seller':
    case 'note':
      return words(plain, mayRepeat);
  }
}

/** Any dash that phones and word processors put between digits. */
const DASHES = /[-‐-―−ー─]/g;

function orderNumber(text: string): SlotReading {
  const digits = text
    .replace(DASHES, '-')
    .match(/(?<![0-9])(\d{3})[- ]{0,3}(\d{7})[- ]{0,3}(\d{7})(?![0-9])/);
  return digits ? { value: `${digits[1]}-${digits[2]}-${digits[3]}` } : { problem: 'format' };
}

/** Yen: 「3,980円」「¥3980」「3万円」「1万5千円」「2.5万」. */
const YEN = /(?<![\d.])(?:(\d{1,4}(?:\.\d)?)万)?(?:(\d(?:\.\d)?)千)?(?:(\d)百)?(\d{0,8})(?!\d)/g;

/** 「数万円」 is no sum, and 「1億円」 not one that was meant. */
const ABOUT = /[数何][十百千万]|億/;

/** 「5万円のカードを2枚」 is no sum yet; 「2個で3980円」 is one. */
const SEVERAL = /(?<!\d)(?:[2-9]|\d{2,})(?:枚|回|本|個)(?!で)/;

/**
 * Six digits that nobody calls yen may be the code that a victim was sent, eight a part of a card's number; 100000 is a
 * sum.
 */
const MAY_BE_A_CODE = /(?<![\d.,、])\d{6,}(?<!000)(?![\d,、万千百])/;

function amount(text: string): SlotReading {
  const plain = withoutKanjiNumbers(text)
    // A dot of thousands, too: 「5.900円」.
    .replace(/(?<=\d)[,、.]\s?(?=\d{3}(?!\d))/g, '')
    .replace(/(?<=¥)\s+|\s+(?=円)/g, '');
  const found = [...plain.matchAll(YEN)].filter(([all]) => all !== '');
  // 「12月3日に3980円」: of several numbers, the one that is called yen.
  const called = found.find(
    ({ 0: all, index }) => plain[index + all.length] === '円' || plain[index - 1] === '¥',
  );
  const meant = called ?? (found.length === 1 ? found[0] : undefined);
  if (!meant || SEVERAL.test(plain) || ABOUT.test(plain)) return { problem: 'format' };
  if (/^0\d/.test(meant[0]) || (!called && MAY_BE_A_CODE.test(text))) return { problem: 'format' };
  const [, tenThousands = 0, thousands = 0, hundreds = 0, rest] = meant;
  const yen =
    Number(tenThousands) * 10_000 +
    Number(thousands) * 1000 +
    Number(hundreds) * 100 +
    Number(rest);
  // Not `toLocaleString`: the first call of it would load 6 MB of ICU's tables.
  return { value: String(Math.round(yen)).replace(/\B(?=(?:\d{3})+$)/g, ',') };
}

function words(text: string, mayRepeat: (text: string) => boolean): SlotReading {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/[{}<>\p{Cc}\p{Cf}]/gu, '')
    .trim();
  if (line === '') return { problem: 'format' };
  if (line.length > LONGEST) return { problem: 'too-long' };
  return mayRepeat(line) ? { value: line } : { problem: 'unsafe' };
}
