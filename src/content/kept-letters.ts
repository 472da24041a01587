import { dayOf } from '../japan-time.ts';
import type { Reply } from '../dialog/reply.ts';
import type { Rendered } from '../message/written.ts';

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
    const ids: string[] = [];
    const screen = said.replace(IDS, (id) => {
      const known = ids.indexOf(id);
      return blankFor(id, known < 0 ? ids.push(id) - 1 : known);
    });
    const key = `${dayOf(nowMs)} ${screen}`;
    let found = kept.get(key);
    if (!found) {
      const { messages, problems } = write(JSON.parse(screen), nowMs);
      // Of its own, not from the shared piece of memory (main.ts), which would stay as a whole for its sake.
      const bytes = Buffer.alloc(Buffer.byteLength(messages.json));
      bytes.write(messages.json);
      const holes = ids.flatMap((name, id) =>
        placesOf(blankFor(name, id), bytes).map((at) => ({ at, id })),
      );
      found = { bytes, holes, length: messages.length, problems };
      // Yesterday's screens go, too; those that are in use are soon written again.
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, found);
    }
    return filled(found, ids);
  };
}

/** What the bot has worked out itself; all other values may be a user's own words. */
const WORKED_OUT: ReadonlySet<string> = new Set(['topic', 'answer', 'when', 'deadline', 'left']);

function isPersonal({ values = {} }: Reply): boolean {
  return Object.keys(values).some((name) => !WORKED_OUT.has(name));
}

/** Of the same length, so that LINE's limits are measured as they will be. No data holds such an id. */
function blankFor(id: string, number: number): string {
  return `${id.slice(0, SIGN)}~${number}`.padEnd(id.length, '~');
}

function placesOf(text: string, bytes: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}

function filled({ bytes, holes, length, problems }: Kept, ids: readonly string[]): Rendered {
  const between = (before: string, after: string): Buffer => {
    const start = Buffer.byteLength(before);
    const whole = Buffer.allocUnsafe(start + bytes.length + Buffer.byteLength(after));
    whole.write(before);
    bytes.copy(whole, start);
    for (const { at, id } of holes) whole.write(ids[id] ?? '', start + at, 'latin1');
    whole.write(after, start + bytes.length);
    return whole;
  };
  // Only tests and tools read it as text.
  const messages = {
    length,
    get json() {
      return between('', '').toString();
    },
    between,
  };
  return { messages, problems };
}
