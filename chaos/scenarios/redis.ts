import { setTimeout as sleep } from 'node:timers/promises';
import { processUse } from '../../bench/process-use.ts';
import { someUser } from '../../src/simulator/line/id.ts';
import { createCrowd } from '../crowd.ts';
import type { Plan } from '../scenario.ts';
import { settle } from '../settle.ts';
import { type Stage, openStage } from '../stage.ts';
import type { Verdict } from '../verdict.ts';
import { verify } from '../verify.ts';

/** Looking for Redis again and again may take this much of a core. */
const IDLE_CORE_SHARE = 0.25;

/** kill -9 of Redis (appendfsync always) under load, again and again; then it stays away for `seconds`. */
export async function killRedis(plan: Plan): Promise<Verdict> {
  const { kills, seconds, rate, users, random, oracle, say } = plan;
  const stage = await openStage({ bots: 2, store: 'redis' });
  try {
    await Promise.all(stage.bots.map((bot) => bot.start()));
    stage.line.faults.add({ kind: 'slow', on: 'reply', chance: 0.7, ms: 80 });
    const crowd = createCrowd({ stage, oracle, random, users, name: 'redis' });
    crowd.start(rate);
    for (let killed = 1; killed <= kills; killed += 1) {
      await sleep(random.between(100, 1000));
      await stage.redis?.restart();
      if (killed % 25 === 0) say(`${killed} kills`);
    }
    await sleep(1000);
    say(`Redis away for ${seconds} s`);
    const outage = await stayAway(stage, seconds);
    const away = performance.now();
    const served = await firstReply(stage, 30_000);
    await crowd.stop();
    await settle(stage, 60_000);
    const { figures, failures } = await verify(stage, oracle, 'as emitted');
    if (served === undefined) failures.push('After the outage nobody was answered within 30 s.');
    if (outage.share > IDLE_CORE_SHARE)
      failures.push(`During the outage a bot used ${outage.share.toFixed(2)} of a core.`);
    if (outage.refused === 0) failures.push('No webhook was refused with 503 during the outage.');
    if (outage.other > 0) failures.push(`${outage.other} webhooks got something else than 503.`);
    const numbers = {
      kills,
      ...figures,
      outageS: seconds,
      refused503: outage.refused,
      cpuShare: Number(outage.share.toFixed(3)),
      servedAfterMs: Math.round((served ?? Number.NaN) - away),
    };
    return { scenario: 'redis', figures: numbers, failures };
  } finally {
    await stage.close();
  }
}

/** Kills Redis, waits, starts it again. `share`: the larger of the bots' parts of a core meanwhile. */
async function stayAway(stage: Stage, seconds: number) {
  const { acks } = stage.ledger;
  await stage.redis?.kill();
  // What was under way ends one way or the other.
  await sleep(Math.min(1500, seconds * 500));
  const before = { ...acks };
  const cpu = stage.bots.map((bot) => processUse(bot.pid()).cpuMicros);
  const from = performance.now();
  await sleep(seconds * 1000);
  const elapsedMicros = (performance.now() - from) * 1000;
  const shares = stage.bots.map(
    (bot, index) => (processUse(bot.pid()).cpuMicros - (cpu[index] ?? 0)) / elapsedMicros,
  );
  const grown = (status: string) => (acks[status] ?? 0) - (before[status] ?? 0);
  const refused = grown('503');
  const all = Object.keys(acks).reduce((sum, status) => sum + grown(status), 0);
  await stage.redis?.restart();
  return { share: Math.max(...shares), refused, other: all - refused };
}

/**
 * When somebody new was answered, by performance.now(). The others wait for LINE's next redelivery, whose pauses have
 * grown long meanwhile.
 */
async function firstReply(stage: Stage, withinMs: number): Promise<number | undefined> {
  const until = performance.now() + withinMs;
  for (let tries = 0; performance.now() < until; tries += 1) {
    const user = someUser('redis live', tries);
    const { eventId } = await stage.line.emit(user, { kind: 'text', text: 'ヘルプ' });
    await sleep(200);
    const repliedAt = stage.ledger.entries.get(eventId)?.repliedAt;
    if (repliedAt !== undefined) return repliedAt;
  }
  return undefined;
}
