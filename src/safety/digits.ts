/** A run of digits and where it stands. */
export type Group = { digits: string; start: number; end: number };

/** Groups that belong together: only dashes, blanks, dots, commas, underlines and brackets between them. */
export type Chain = { groups: Group[]; /** A `+` stands before the first group. */ plus: boolean };

const JOINT = /^[-\s().,_・/\u00b7]{1,3}$/;

/**
 * As card numbers come out of tables and lists, whatever the signs. Too much for phones: times and counts would become
 * numbers.
 */
export const WIDE_JOINT = /^[^\p{L}\p{N}]{1,20}$/u;

/** The chains of digits in a normalised text; `joint` says what may lie between two groups. Linear. */
export function chains(text: string, joint: RegExp = JOINT): Chain[] {
  const found: Chain[] = [];
  let last: Group | undefined;
  for (const match of text.matchAll(/[0-9]+/g)) {
    const group = { digits: match[0], start: match.index, end: match.index + match[0].length };
    const between = last && text.slice(last.end, group.start);
    const chain = found.at(-1);
    if (chain && between !== undefined && joint.test(between)) chain.groups.push(group);
    else found.push({ groups: [group], plus: plusBefore(text, group.start) });
    last = group;
  }
  return found;
}

function plusBefore(text: string, at: number): boolean {
  return /\+[\s(]{0,2}$/.test(text.slice(Math.max(0, at - 3), at));
}

/** Amazon's order numbers: 3-7-7 digits, with or without their dashes. Never a phone or a card. */
export function isOrderNumber(groups: readonly Group[]): boolean {
  const lengths = groups.map(({ digits }) => digits.length).join('-');
  if (lengths === '3-7-7') return true;
  return lengths === '17' && /^(?:249|250|503)/.test(groups[0]?.digits ?? '');
}

/** The groups of a chain without those that make up an order number. Each part is a chain of its own. */
export function withoutOrderNumbers(groups: readonly Group[]): Group[][] {
  const parts: Group[][] = [[]];
  for (let at = 0; at < groups.length; at += 1) {
    const length = [3, 1].find((count) => isOrderNumber(groups.slice(at, at + count)));
    const group = groups[at];
    if (length !== undefined) {
      parts.push([]);
      at += length - 1;
    } else if (group) parts.at(-1)?.push(group);
  }
  return parts.filter((part) => part.length > 0);
}

const KANJI = '〇一二三四五六七八九';

export type Stream = { digits: string; start: number[]; end: number[] };

/**
 * All digits of a text in whatever script, with `|` where more than three other characters lie between: what a number
 * is searched in that must not get through in any notation.
 */
export function digitStream(original: string): Stream {
  const stream: Stream = { digits: '', start: [], end: [] };
  let gap = 0;
  let at = 0;
  const push = (digit: string, from: number, to: number): void => {
    stream.digits += digit;
    stream.start.push(from);
    stream.end.push(to);
  };
  for (const char of original) {
    const from = at;
    at += char.length;
    const kanji = KANJI.indexOf(char);
    const folded = kanji >= 0 ? String(kanji) : char.normalize('NFKC');
    if (!/^[0-9]+$/.test(folded)) {
      if (!/^[\p{Cf}\p{Mn}]$/u.test(char)) gap += 1;
      continue;
    }
    if (gap > 3) push('|', from, from);
    gap = 0;
    for (const digit of folded) push(digit, from, at);
  }
  return stream;
}
