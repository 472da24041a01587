import { hostTrick } from './host.ts';
import type { Span } from './normal.ts';
import { tlds } from './tlds.ts';

/** Endings of domains with which English goes on where a blank was forgotten. */
const OPENERS: ReadonlySet<string> = new Set(
  (
    'am an as at be best by date day delivery do email free help in is it link live love money my name news no one photo ' +
    'post report review so support thanks to today trust video watch work you'
  ).split(' '),
);
/** Written in any case by who copies an address, and never the word after a full stop. */
const NO_WORD = /^(?:[a-z]{2}|com|net|org|info|biz|xyz)$/;

const WORD_BEFORE = /[a-z0-9][,;:]? $/i;
const WORD_AFTER = /^[.,;:!?]? [a-z0-9]/i;

/**
 * Whether what has the shape of an address are words of `text`: `refund.Best regards`, `Prime.Video`, `never arrived.you
 * said`. A scheme, a path or `www.` is in no prose, and a name like Amazon's under an ending that exists only where English
 * goes on around it. For what people paste; what leaves the bot is judged more strictly.
 */
export function isProse(
  { kind, value, start, end }: Span & { kind: string; value: string },
  text: string,
): boolean {
  if (kind !== 'url' || /[/?:]|^www\./i.test(value)) return false;
  const ending = value.slice(value.lastIndexOf('.') + 1);
  const word = ending.toLowerCase();
  const imitates = hostTrick(value.toLowerCase()) !== undefined;
  const goesOn =
    OPENERS.has(word) &&
    WORD_BEFORE.test(text.slice(Math.max(0, start - 3), start)) &&
    WORD_AFTER.test(text.slice(end, end + 3));
  if (/^\p{Lu}\p{Ll}/u.test(ending))
    return goesOn || !(NO_WORD.test(word) || (imitates && tlds.has(word)));
  return goesOn && !imitates && /^[a-z]+\.[a-z]+$/i.test(value);
}
