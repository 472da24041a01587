import { dayOf } from '../dialog/japan-time.ts';
import type { Reply } from '../dialog/reply.ts';
import type { Rendered } from './letters.ts';

type Write = (replies: readonly Reply[], nowMs: number) => Rendered;

/** A screen as bytes, with the places at which the ids of its buttons stand, by their number. */
type Kept = {
  bytes: Buffer;
  holes: readonly { at: number; id: number }[];
  length: number;
  problems: readonly string[];
};

/** About 10 kB each. There are some hundred screens, and a few dozen of them make up most of the talk. */
const MOST_KEPT = 400;

/** Ids in the data of buttons (postback.ts) with the sign before them: of a conversation, of a reminder. */
const IDS = /(?:&s=|"m=)[a-z0-9-]{4,40}/g;
const SIGN = 3;

/**
 * Writes each screen once: what nobody's own words are in differs from user to user by the ids in its buttons only, and
 * from day to day by the facts that are due. Bought half of the CPU of an event.
 */
export function keepLetters(write: Write): Write {
  const kept = new Map<string, Kept>();

  return (replies, nowMs) => {
    if (replies.some(isPersonal)) return write(replies, nowMs);
    const said = JSON.stringify(replies);
    const ids = [...new Set(said.match(IDS))];
    // Of the same length, so that LINE's limits are measured as they will be. No data holds such an id.
    const blanks = ids.map((id, n) => `${id.slice(0, SIGN)}~${n}`.padEnd(id.length, '~'));
    const screen = ids.reduce((text, id, n) => text.replaceAll(id, blanks[n] ?? ''), said);
    const key = `${dayOf(nowMs)} ${screen}`;

    let found = kept.get(key);
    if (found) kept.delete(key);
    else {
      const { messages, problems } = write(JSON.parse(screen), nowMs);
      const bytes = Buffer.from(messages.json);
      const holes = blanks.flatMap((blank, id) => placesOf(blank, bytes).map((at) => ({ at, id })));
      found = { bytes, holes, length: messages.length, problems };
    }
    // Used last, it stays longest.
    kept.set(key, found);
    const [oldest = key] = kept.size > MOST_KEPT ? kept.keys() : [];
    if (oldest !== key) kept.delete(oldest);
    return fill(found, ids);
  };
}

/** What the bot has worked out itself; all other values may be a user's own words. */
const WORKED_OUT: ReadonlySet<string> = new Set(['topic', 'when', 'deadline', 'left']);

/** Whether a user's own words may stand in it. */
export function isPersonal({ values = {} }: Reply): boolean {
  return Object.keys(values).some((name) => !WORKED_OUT.has(name));
}

function placesOf(text: string, bytes: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}

function fill(kept: Kept, ids: readonly string[]): Rendered {
  const bytes = Buffer.from(kept.bytes);
  for (const { at, id } of kept.holes) bytes.write(ids[id] ?? '', at, 'latin1');
  // Only tests and tools read it as text.
  const messages = {
    length: kept.length,
    bytes,
    get json() {
      return bytes.toString();
    },
  };
  return { messages, problems: kept.problems };
}
