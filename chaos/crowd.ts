import { setTimeout as sleep } from 'node:timers/promises';
import type { State } from '../src/dialog/state.ts';
import type { Turn } from '../src/dialog/turn.ts';
import { someUser } from '../src/simulator/line/id.ts';
import type { Happening } from '../src/simulator/line/happening.ts';
import type { Oracle } from './oracle.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** Things that people type, whatever they were asked. */
const TEXTS = [
  '配達済みなのに届いていません',
  '電話番号を教えて',
  '返品したい',
  '日本語で話したい',
  '知らない請求がある',
  '置き配が消えた',
  'メニュー',
  'ヘルプ',
  '戻る',
  '1',
  '2',
  '3',
  'はい',
  'いいえ',
  'わからない',
  'ありがとう',
  '昨日',
  '電話がつながらないし、注文もしていないのに請求が来た',
] as const;

/** A user does not write on while this many answers are owed. */
export const MOST_OWED = 3;
/** Forgetting would end what is to be compared. */
const NOT_TAPPED = new Set(['c=forget']);

type User = { id: string; state: State | undefined; turn: Turn | undefined; acking: boolean };

export type Crowd = {
  /** Keeps the pace until `stop`. */
  start(perSecond: number): void;
  stop(): Promise<void>;
};

/**
 * People who write and tap at random, each only after LINE's last event of them was taken, so that the order of one
 * user's events is known. What they can tap is what the oracle says the bot offers.
 */
export function createCrowd(options: {
  stage: Stage;
  oracle: Oracle;
  random: Random;
  users: number;
  name: string;
}): Crowd {
  const { stage, oracle, random, name } = options;
  const { line, ledger } = stage;
  const users = Array.from({ length: options.users }, (_, index): User => ({
    id: someUser(name, index),
    state: undefined,
    turn: undefined,
    acking: false,
  }));
  let running: Promise<void> | undefined;
  let stopping = false;

  function owed(user: User): number {
    const entries = ledger.byUser.get(user.id) ?? [];
    return entries.slice(-MOST_OWED).filter(({ replies }) => replies.length === 0).length;
  }

  function nextOf(user: User): Happening {
    const last = user.turn?.replies.at(-1);
    const taps = [...(last?.choices ?? []), ...(last?.ways ?? [])]
      .filter(({ data, picker }) => !picker && !NOT_TAPPED.has(data))
      .map(({ data }) => data);
    const [first, ...rest] = taps;
    if (first !== undefined && random.next() < 0.6)
      return { kind: 'postback', data: random.pick([first, ...rest]) };
    return { kind: 'text', text: random.pick(TEXTS) };
  }

  async function say(user: User): Promise<void> {
    user.acking = true;
    const emitted = await line.emit(user.id, nextOf(user));
    const entry = ledger.entries.get(emitted.eventId);
    if (entry) {
      user.turn = oracle.turnOf(user.state, entry);
      user.state = oracle.kept(user.turn.state);
      while (entry.ackedAt === undefined && !stopping) await sleep(20);
    }
    user.acking = false;
  }

  async function run(perSecond: number): Promise<void> {
    const started = performance.now();
    const talks = new Set<Promise<void>>();
    let begun = 0;
    while (!stopping) {
      const due = Math.floor(((performance.now() - started) / 1000) * perSecond);
      for (let tries = 0; begun < due && tries < 200; tries += 1) {
        const user = users[random.between(0, users.length - 1)];
        if (!user || user.acking || owed(user) >= MOST_OWED) continue;
        begun += 1;
        const talk = say(user).finally(() => talks.delete(talk));
        talks.add(talk);
      }
      // Whoever is too slow for the pace does not have to catch up later.
      begun = Math.max(begun, due);
      await sleep(5);
    }
    await Promise.all(talks);
  }

  return {
    start(perSecond) {
      stopping = false;
      running = run(perSecond);
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}
