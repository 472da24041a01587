import { dayOf } from '../dialog/japan-time.ts';
import type { Reply } from '../dialog/reply.ts';
import type { Rendered } from './letters.ts';

type Write = (replies: readonly Reply[], nowMs: number) => Rendered;
type Kept = { parts: readonly Buffer[]; length: number; problems: readonly string[] };

/** About 10 kB each. There are some hundred screens, and a few dozen of them make up most of the talk. */
const MOST_KEPT = 400;

/**
 * Writes each screen once: what nobody's own words are in differs from user to user by the session in its buttons
 * only (postback.ts), and from day to day by the facts that are due. Bought half of the CPU of an event.
 */
export function keepLetters(write: Write): Write {
  const kept = new Map<string, Kept>();

  return (replies, nowMs) => {
    if (replies.some(({ values }) => values)) return write(replies, nowMs);
    const said = JSON.stringify(replies);
    const session = /&s=[a-z0-9-]{1,40}(?=")/.exec(said)?.[0] ?? '';
    // Of the same length, so that LINE's limits are measured as they will be. No data holds such a session.
    const blank = session === '' ? '' : `&s=${'~'.repeat(session.length - 3)}`;
    const screen = session === '' ? said : said.replaceAll(session, blank);
    const key = `${dayOf(nowMs)} ${screen}`;

    let found = kept.get(key);
    if (found) kept.delete(key);
    else {
      const { messages, problems } = write(JSON.parse(screen), nowMs);
      const parts = session === '' ? [messages.json] : messages.json.split(blank);
      const bytes = parts.map((part) => Buffer.from(part));
      found = { parts: bytes, length: messages.length, problems };
    }
    // Used last, it stays longest.
    kept.set(key, found);
    const [oldest = key] = kept.size > MOST_KEPT ? kept.keys() : [];
    if (oldest !== key) kept.delete(oldest);
    return fill(found, session);
  };
}

function fill({ parts, length, problems }: Kept, session: string): Rendered {
  const between = Buffer.from(session);
  const pieces = parts.flatMap((part, index) => (index === 0 ? [part] : [between, part]));
  const bytes = Buffer.concat(pieces);
  // Only tests and tools read it as text.
  const messages = {
    length,
    bytes,
    get json() {
      return bytes.toString();
    },
  };
  return { messages, problems };
}
