import { type State, readState } from '../src/dialog/state.ts';
import { MOST_OWED } from './crowd.ts';
import type { Entry } from './ledger.ts';
import { type Oracle, timeless } from './oracle.ts';
import type { Stage } from './stage.ts';
import { type Complaints, createComplaints } from './verdict.ts';

/** LINE's reply tokens live about a minute; the bot counts on 55 s. */
const TOKEN_LIFE_MS = 55_000;

/**
 * Compares LINE's book with the store and with the oracle: each taken event was answered once, or its answer is kept
 * because its token had died; each user's order was kept; each state is what the events lead to.
 * `order`: in which order a user's events were taken, as far as that is known.
 */
export async function verify(
  stage: Stage,
  oracle: Oracle,
  order: 'as emitted' | 'as replied',
): Promise<{ figures: Record<string, number>; failures: string[] }> {
  const { ledger } = stage;
  const complaints = createComplaints();
  const store = await stage.openStore();
  let kept = 0;
  let answered = 0;
  let states = 0;
  let repeated = 0;
  try {
    for (const [user, emitted] of ledger.byUser) {
      const ranks = new Map((ledger.replyOrder.get(user) ?? []).map((id, rank) => [id, rank]));
      const rank = ({ id }: Entry) => ranks.get(id) ?? Number.MAX_SAFE_INTEGER;
      const entries =
        order === 'as emitted' ? emitted : emitted.toSorted((a, b) => rank(a) - rank(b));
      const replied = ledger.replyOrder.get(user) ?? [];
      const wanted = entries.filter(({ replies }) => replies.length > 0).map(({ id }) => id);
      if (new Set(replied).size === replied.length && replied.join() !== wanted.join())
        complaints.add('answered out of order', `user ${user.slice(0, 6)}`);
      for (const entry of entries) {
        if (entry.ackedAt === undefined) complaints.add('never taken', entry.id);
        if (entry.replies.length > 1)
          complaints.add('said twice', `${entry.id} ${entry.replies.length} times`);
        if (entry.replies.length > 0) answered += 1;
        else if (Date.now() - entry.atMs < TOKEN_LIFE_MS)
          complaints.add('no answer although the token lives', entry.id);
        else kept += 1;
      }
      const { state, waiting, dead } = await store.recall(user);
      if (waiting.length > 0) complaints.add('still waiting', `${waiting.length} events`);
      if (dead.length > 0) complaints.add('dead letter', dead.map(({ id }) => id).join(' '));
      const readable = readState(state);
      if (!readable) complaints.add('state not readable', user.slice(0, 6));
      const expected = oracle.replay(entries);
      for (const { entry, said, expected: should } of expected.wrong)
        if (said > should && mayRepeat(entry, entries)) repeated += 1;
        else
          complaints.add('not what the turn says', `${entry.id}: ${said} for ${should} messages`);
      if (timeless(readable) === timeless(expected.state)) states += 1;
      else if (owedAgain(readable, expected.state) && mayOwe(entries, Date.now())) repeated += 1;
      else complaints.add('state differs from the replay', differs(readable, expected.state));
    }
  } finally {
    await store.close();
  }
  complainOfBots(stage, complaints);
  const events = ledger.entries.size;
  return {
    figures: { events, answered, kept, repeated, users: states },
    failures: complaints.list(),
  };
}

/** No bot may end by itself, or log a bug. */
export function complainOfBots(stage: Stage, complaints: Complaints): void {
  for (const bot of stage.bots)
    if (bot.crashes() > 0) complaints.add('a bot ended by itself', `${bot.crashes()} times`);
  for (const [words, times] of stage.errors)
    if (words.includes('プログラムの不具合'))
      complaints.add('a bug was logged', `${times} × ${words}`);
}

/** Whether this reply may say an earlier one again. */
function mayRepeat({ id, repliedAt = 0 }: Entry, entries: readonly Entry[]): boolean {
  const earlier = entries.slice(
    0,
    entries.findIndex((entry) => entry.id === id),
  );
  return mayOwe(earlier, performance.timeOrigin + repliedAt);
}

/**
 * Whether something that was said may still be owed at `nowMs`: nobody could ask LINE about it before its token had died,
 * so that nobody can know that it was said (docs/security.md). Its life begins when LINE sends the event, which a bot may
 * have kept long before it could say so. Of a user few events wait at a time: only the last ones can have been in hand,
 * those that the user is owed and the one before them.
 */
function mayOwe(entries: readonly Entry[], nowMs: number): boolean {
  return entries
    .slice(-MOST_OWED - 1)
    .some(({ atMs, replies }) => replies.length > 0 && nowMs - atMs > TOKEN_LIFE_MS);
}

/** Whether a state differs from what it should be in answers alone that it holds besides, to be said with the next one. */
function owedAgain(is: State | undefined, should: State | undefined): boolean {
  if (!is || !should) return false;
  const { unsent: held = [], ...rest } = is;
  const { unsent: wanted = [], ...wantedRest } = should;
  const holds = new Set(held.map(timeless));
  const besides = wanted.every((reply) => holds.has(timeless(reply)));
  return timeless(rest) === timeless(wantedRest) && besides && held.length > wanted.length;
}

/** Names the parts that differ. */
function differs(left: object | undefined, right: object | undefined): string {
  const [a, b] = [new Map(Object.entries(left ?? {})), new Map(Object.entries(right ?? {}))];
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((key) => timeless({ [key]: a.get(key) }) !== timeless({ [key]: b.get(key) }))
    .map(
      (key) => `${key} ${timeless(a.get(key)).slice(0, 80)} ≠ ${timeless(b.get(key)).slice(0, 80)}`,
    )
    .join(', ');
}
