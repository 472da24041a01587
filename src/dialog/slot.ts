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
    case 'last4':
      return lastFour(plain);
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

/** 「下4桁は1234」 too; several groups of four are a whole card number, which nobody should send. */
function lastFour(text: string): SlotReading {
  const groups: readonly string[] = text.match(/[0-9]+/g) ?? [];
  const [four, ...more] = groups.filter((group) => group.length > 1);
  return four?.length === 4 && more.length === 0 ? { value: four } : { problem: 'format' };
}

/** Yen: 「3,980円」「¥3980」「3万円」「1万5千円」「2.5万」. */
const YEN = /(?:(\d{1,4}(?:\.\d)?)万)?(?:(\d(?:\.\d)?)千)?(\d{0,8})/;

function amount(text: string): SlotReading {
  const plain = text.replace(/[,、\s]/g, '');
  const found = YEN.exec(plain.slice(Math.max(0, plain.search(/\d/))));
  const [all, tenThousands, thousands, rest] = found ?? [];
  if (!all) return { problem: 'format' };
  const yen = Number(tenThousands ?? 0) * 10_000 + Number(thousands ?? 0) * 1000 + Number(rest);
  return { value: Math.round(yen).toLocaleString('en-US') };
}

function words(text: string, mayRepeat: (text: string) => boolean): SlotReading {
  const line = text.replace(/\s+/g, ' ').replace(/[{}<>\p{Cc}\p{Cf}]/gu, '');
  if (line === '') return { problem: 'format' };
  if (line.length > LONGEST) return { problem: 'too-long' };
  return mayRepeat(line) ? { value: line } : { problem: 'unsafe' };
}
