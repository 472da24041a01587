import type { Event } from '../dialog/event.ts';
import type { Log } from '../log.ts';
import { findContacts } from '../safety/contacts.ts';
import { replaceSpans } from '../safety/normal.ts';

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

/** Without links, addresses and numbers; card numbers and codes went before anything was stored. */
function masked(text: string): string {
  const bare = replaceSpans(text, findContacts(text), '…');
  return bare.replaceAll(/\p{Nd}/gu, '0').slice(0, LONGEST);
}
