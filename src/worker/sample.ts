import type { Event } from '../dialog/event.ts';
import type { Log } from '../log.ts';
import { findContacts, undefanged } from '../safety/contacts.ts';
import { normal, replaceSpans } from '../safety/normal.ts';

/** So many an hour, so that a sample stays one. */
const MOST_AN_HOUR = 20;
const HOUR_MS = 60 * 60 * 1000;
const LONGEST = 80;

/**
 * For editors who want to teach the bot new words: a few of the texts that were not understood, masked, in the log. Only
 * when the operator switched it on (UNMATCHED_SAMPLE) and told the users so; otherwise no text is ever logged.
 */
export function createSample(options: {
  on: boolean;
  log: Log;
  clock: () => number;
}): (event: Event, counts: readonly string[]) => void {
  const { on, log, clock } = options;
  let hour = 0;
  let taken = 0;
  return (event, counts) => {
    if (!on || event.body.kind !== 'text') return;
    if (!counts.some((name) => name.startsWith('unmatched:'))) return;
    const now = Math.floor(clock() / HOUR_MS);
    taken = now === hour ? taken + 1 : 1;
    hour = now;
    if (taken <= MOST_AN_HOUR) {
      log.info({ sample: masked(event.body.text) }, '読み取れなかった言葉の見本です。');
    }
  };
}

const ADDRESS = /:\/\/|@|\.\p{L}{2,24}[/?]/u;
const KANJI_NUMBER = /[〇零一二三四五六七八九十百千万]{3,}/g;

/**
 * Without links, addresses of pages and mails, and numbers; card numbers and codes went before anything was stored. What
 * reaches from blank to blank around a link or an @ goes whole. Postal addresses and the names of people cannot be told
 * from other words: they stay.
 */
function masked(text: string): string {
  const plain = normal(undefanged(text)).text.replaceAll(/\s?@\s?/g, '@');
  const rest = plain.replaceAll(/\S+/g, (run) => (ADDRESS.test(run) ? '…' : run));
  return replaceSpans(rest, findContacts(rest), '…')
    .replaceAll(KANJI_NUMBER, '…')
    .replaceAll(/\p{N}/gu, '0')
    .slice(0, LONGEST);
}
