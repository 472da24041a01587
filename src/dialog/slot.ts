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
    case 'last4': {
      const digits = plain.replace(/[^0-9]/g, '');
      return digits.length === 4 ? { value: digits } : { problem: 'format' };
    }
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
    .match(/(?<![0-9])(\d{3})[- ]?(\d{7})[- ]?(\d{7})(?![0-9])/);
  return digits ? { value: `${digits[1]}-${digits[2]}-${digits[3]}` } : { problem: 'format' };
}

function amount(text: string): SlotReading {
  const digits = text.replace(/[,、\s]/g, '').match(/\d{1,8}/);
  if (!digits) return { problem: 'format' };
  return { value: Number(digits[0]).toLocaleString('en-US') };
}

function words(text: string, mayRepeat: (text: string) => boolean): SlotReading {
  const line = text.replace(/\s+/g, ' ').replace(/[{}<>\p{Cc}\p{Cf}]/gu, '');
  if (line === '') return { problem: 'format' };
  if (line.length > LONGEST) return { problem: 'too-long' };
  return mayRepeat(line) ? { value: line } : { problem: 'unsafe' };
}
