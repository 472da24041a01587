import { setTimeout as sleep } from 'node:timers/promises';
import { processUse } from '../../bench/process-use.ts';
import type { Fault } from '../../src/simulator/line/faults.ts';
import { someUser } from '../../src/simulator/line/id.ts';
import { createCrowd } from '../crowd.ts';
import type { Plan } from '../scenario.ts';
import { settle } from '../settle.ts';
import { type Stage, openStage } from '../stage.ts';
import type { Verdict } from '../verdict.ts';
import { verify } from '../verify.ts';

type Trouble = { name: string; faults: readonly Fault[] };

/** Everything LINE's side can do wrong, and `delivered` where it did what it was asked and only says otherwise. */
const TROUBLES: readonly Trouble[] = [
  { name: '500', faults: [{ kind: 'error', on: 'reply' }] },
  {
    name: '500, half of them carried out',
    faults: [
      { kind: 'error', on: 'reply', chance: 0.5, delivered: true },
      { kind: 'error', on: 'reply', status: 503 },
    ],
  },
  {
    name: 'resets',
    faults: [
      { kind: 'reset', on: 'reply', chance: 0.5, delivered: true },
      { kind: 'reset', on: 'reply' },
    ],
  },
  { name: 'hangs', faults: [{ kind: 'hang', on: 'reply', ms: 60_000 }] },
  {
    name: 'hangs after it was carried out',
    faults: [{ kind: 'hang', on: 'reply', ms: 60_000, delivered: true }],
  },
  { name: '429 rate', faults: [{ kind: 'rate', on: 'reply', chance: 0.9 }] },
  { name: '429 quota', faults: [{ kind: 'quota' }] },
  { name: '401', faults: [{ kind: 'unauthorized' }] },
  { name: 'answers after 9 s', faults: [{ kind: 'slow', on: 'reply', ms: 9000 }] },
  { name: 'garbage', faults: [{ kind: 'garbage', on: 'reply', delivered: true }] },
];

/**
 * A reply token lives a minute, and LINE has no other sign that it took a reply. What LINE carried out and did not
 * answer for longer than that is said again: nothing is lost, at the price of a repetition (docs/security.md).
 */
const MOST_TROUBLE_MS = 30_000;

/** One delivery makes at most six calls, and the store gives an event up at the fifth; takeovers come on top. */
const MOST_CALLS = 30;
/** The bot waits up to 10 s for LINE, and up to 20 s between two attempts. */
const SERVED_WITHIN_MS = 12_000;
/** More than the bots had before the trouble. */
const MOST_GROWTH_BYTES = 150 * 1024 * 1024;

/** LINE goes wrong in each way for a share of `seconds`; then a new user wants to be served. */
export async function troubleLine(plan: Plan): Promise<Verdict> {
  const { seconds, rate, users, random, oracle, say } = plan;
  const stage = await openStage({ bots: 2, store: 'redis', line: { slim: false, keep: 2000 } });
  const failures: string[] = [];
  const figures: Record<string, number> = {};
  try {
    await Promise.all(stage.bots.map((bot) => bot.start()));
    const before = largest(stage);
    const crowd = createCrowd({ stage, oracle, random, users, name: 'line' });
    crowd.start(rate);
    await sleep(500);
    for (const [index, { name, faults }] of TROUBLES.entries()) {
      say(name);
      for (const fault of faults) stage.line.faults.add(fault);
      await sleep(Math.min(MOST_TROUBLE_MS, (seconds * 1000) / TROUBLES.length));
      stage.line.faults.clear();
      const calmMs = Date.now();
      const ms = await serves(stage, someUser('line live', index));
      figures[`${name}: served after ms`] = Math.round(ms);
      if (ms > SERVED_WITHIN_MS)
        failures.push(`After "${name}" a new user waited ${Math.round(ms)} ms.`);
      await answered(stage, calmMs);
    }
    await crowd.stop();
    await settle(stage, 90_000);
    const checked = await verify(stage, oracle, 'as emitted');
    failures.push(...checked.failures);
    const most = Math.max(...[...stage.ledger.entries.values()].map(({ calls }) => calls));
    if (most > MOST_CALLS) failures.push(`LINE was called ${most} times for one event.`);
    const rss = largest(stage);
    if (rss - before > MOST_GROWTH_BYTES)
      failures.push(`A bot has grown to ${Math.round(rss / 2 ** 20)} MB.`);
    const calls = Object.values(stage.ledger.calls).reduce((sum, each) => sum + each, 0);
    const perEvent = Number((calls / Math.max(1, checked.figures['events'] ?? 1)).toFixed(2));
    return {
      scenario: 'line',
      figures: {
        ...checked.figures,
        ...figures,
        mostCallsOfAnEvent: most,
        callsPerEvent: perEvent,
        rssMB: Math.round(rss / 2 ** 20),
      },
      failures,
    };
  } finally {
    await stage.close();
  }
}

/** Waits for the answers to what was said before that moment, while people go on writing. */
async function answered(stage: Stage, beforeMs: number): Promise<void> {
  const until = performance.now() + 60_000;
  const owed = () => stage.ledger.unanswered().some(({ atMs }) => atMs < beforeMs);
  while (owed() && performance.now() < until) await sleep(100);
}

/** Resident memory of the larger bot, in bytes. */
function largest(stage: Stage): number {
  return Math.max(...stage.bots.map((bot) => processUse(bot.pid()).rssBytes));
}

/** How long somebody new waits for an answer, in ms. */
async function serves(stage: Stage, user: string): Promise<number> {
  const from = performance.now();
  const { eventId } = await stage.line.emit(user, { kind: 'text', text: 'ヘルプ' });
  const entry = stage.ledger.entries.get(eventId);
  while (entry?.repliedAt === undefined && performance.now() - from < SERVED_WITHIN_MS * 3)
    await sleep(10);
  return performance.now() - from;
}
