import { type Chain, type Group, chains, withoutOrderNumbers } from './digits.ts';

export type FoundPhone = { number: string; start: number; end: number };

/**
 * A number as it is compared: `0…` for Japan, `+…` for the rest of the world, `#9110` and `188` as they are. Undefined
 * when it is no number one can dial.
 */
export function canonicalPhone(value: string): string | undefined {
  const plain = value.normalize('NFKC').trim();
  if (/^#?[0-9]{3,4}$/.test(plain)) return plain;
  const [found] = phonesIn(plain);
  return found?.number;
}

/** Phone numbers in a normalised text, however they are written. Order numbers are none. */
export function phonesIn(text: string): FoundPhone[] {
  if (!/[0-9]/.test(text)) return [];
  const long = chains(text).flatMap(phonesOfChain);
  const short = [...text.matchAll(SHORT)].map((match) => ({
    number: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  return [...long, ...short];
}

export function phonesOfChain(chain: Chain): FoundPhone[] {
  return withoutOrderNumbers(chain.groups).flatMap((groups) =>
    phonesOf({ ...chain, groups }, chain),
  );
}

/** `#9110`; `188番` but not 188番地. A bare number of three digits is more often a price or a count. */
const SHORT = /#[0-9]{4}(?![0-9])|(?<![0-9])1[0-9]{2}(?=番(?![目地線台号館組街]))/g;

function phonesOf(chain: Chain, whole: Chain): FoundPhone[] {
  const found: FoundPhone[] = [];
  for (let from = 0; from < chain.groups.length; from += 1) {
    const abroad = chain.plus && chain.groups[from] === whole.groups[0];
    const to = abroad ? abroadEnd(chain.groups, from) : homeEnd(chain.groups, from);
    if (to === undefined) continue;
    const groups = chain.groups.slice(from, to);
    const digits = groups.map((group) => group.digits).join('');
    found.push({
      number: home(abroad ? `+${digits}` : digits),
      start: chain.groups[from]?.start ?? 0,
      end: groups.at(-1)?.end ?? 0,
    });
    from = to - 1;
  }
  return found;
}

/** The end (exclusive) of a number dialled from Japan that begins with group `from`. */
function homeEnd(groups: readonly Group[], from: number): number | undefined {
  if (!groups[from]?.digits.startsWith('0')) return undefined;
  let digits = '';
  for (let at = from; at < groups.length && digits.length < 16; at += 1) {
    digits += groups[at]?.digits ?? '';
    if (isWhole(digits)) return at + 1;
  }
  return undefined;
}

function isWhole(digits: string): boolean {
  const international = /^(?:010|00)81/.exec(digits);
  if (international) return nationalIsWhole(digits.slice(international[0].length));
  return nationalIsWhole(digits.slice(1));
}

/** Without the leading 0: mobile and IP numbers (50, 60, 70, 80, 90) have ten digits, all others nine. */
function nationalIsWhole(digits: string): boolean {
  const national = digits.replace(/^0/, '');
  return national.length === (/^[5-9]0/.test(national) ? 10 : 9);
}

function abroadEnd(groups: readonly Group[], from: number): number | undefined {
  let digits = '';
  let best: number | undefined;
  for (let at = from; at < groups.length && digits.length < 15; at += 1) {
    digits += groups[at]?.digits ?? '';
    if (digits.startsWith('81') && nationalIsWhole(digits.slice(2))) return at + 1;
    if (digits.length >= 8 && digits.length <= 15) best = at + 1;
  }
  return best;
}

function home(digits: string): string {
  return digits.replace(/^(?:\+|010|00)810?/, '0');
}
