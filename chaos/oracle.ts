import { join } from 'node:path';
import { type Bundle, loadContent } from '../src/content/load.ts';
import type { Event } from '../src/dialog/event.ts';
import { putBy } from '../src/dialog/promise.ts';
import { type State, readState } from '../src/dialog/state.ts';
import { step } from '../src/dialog/step.ts';
import type { Turn } from '../src/dialog/turn.ts';
import { redact } from '../src/safety/redact.ts';
import { readLineEvent } from '../src/webhook/line-event.ts';
import { masked } from '../src/webhook/mask.ts';
import { translate } from '../src/webhook/translate.ts';
import type { Entry } from './ledger.ts';

/** What the bot should have made of it all, worked out with the same pure `step`, without any store or network. */
export type Oracle = ReturnType<typeof createOracle>;

const NEVER_QUIET = { from: 0, to: 0 };

export function createOracle() {
  const bundle: Bundle | undefined = loadContent(
    join(import.meta.dirname, '..'),
    Date.now(),
  ).bundle;
  if (!bundle) throw new Error('The content has errors: npm run check:content says which.');
  const { content, letters } = bundle;

  function turnOf(state: State | undefined, entry: Pick<Entry, 'event' | 'atMs'>): Turn {
    const event = eventOf(entry);
    if (!event) return { state: state ?? null, replies: [] };
    return step(content, state, event, entry.atMs, NEVER_QUIET);
  }

  return {
    turnOf,

    kept,

    /** The state after these events, where an answer without a reply was put by, and what each reply should hold. */
    replay(entries: readonly Entry[]) {
      let state: State | undefined;
      const wrong: { entry: Entry; said: number; expected: number }[] = [];
      for (const entry of entries) {
        const turn = turnOf(state, entry);
        const { messages } = letters.render(turn.replies, entry.atMs);
        const said = entry.replies[0];
        if (said !== undefined && said !== messages.length)
          wrong.push({ entry, said, expected: messages.length });
        const unsaid = said === undefined && messages.length > 0 && turn.state;
        const next = unsaid
          ? putBy(unsaid, [...turn.replies, ...(unsaid.unsent ?? [])])
          : turn.state;
        state = kept(next);
      }
      return { state, wrong };
    },
  };
}

/** A state as the store gives it back. */
function kept(state: State | null): State | undefined {
  return readState(JSON.parse(JSON.stringify(state)));
}

/** The event as it lies in the mailbox. */
function eventOf({ event, atMs }: Pick<Entry, 'event' | 'atMs'>): Event | undefined {
  const line = readLineEvent(event);
  const read = line.kind === 'event' ? translate(line.event, atMs) : undefined;
  return read && { ...read, body: masked(read.body, redact) };
}

/** Whatever depends on the moment: the bot's clock was some ms or a redelivery later than LINE's. */
const OF_THE_MOMENT = new Set(['at', 'atMs', 'dueMs', 'wantedMs', 'when', 'list', 'picker']);

/** A state as a text that is the same for the same conversation, whenever it took place. */
export function timeless(state: unknown): string {
  return JSON.stringify(state ?? null, (key, value: unknown) => {
    if (OF_THE_MOMENT.has(key)) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
