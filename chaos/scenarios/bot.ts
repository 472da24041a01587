import { createCrowd } from '../crowd.ts';
import { killBotsOf } from '../kill.ts';
import type { Plan } from '../scenario.ts';
import { settle } from '../settle.ts';
import { type StageOptions, openStage } from '../stage.ts';
import type { Verdict } from '../verdict.ts';
import { verify } from '../verify.ts';

/** A dead worker's lease lasts 8 s; then what it held is done by another. */
const SETTLE_MS = 45_000;

/** kill -9 of bots at random moments under load. */
export async function killBots(
  plan: Plan,
  options: Pick<StageOptions, 'bots' | 'store'> & { scenario: string },
): Promise<Verdict> {
  const { kills, rate, users, random, oracle } = plan;
  const { scenario, ...where } = options;
  const stage = await openStage(where);
  try {
    await Promise.all(stage.bots.map((bot) => bot.start()));
    // Most kills then strike between LINE's answer and the commit, or while LINE is being asked.
    stage.line.faults.add({ kind: 'slow', on: 'reply', chance: 0.7, ms: 80 });
    const crowd = createCrowd({ stage, oracle, random, users, name: scenario });
    crowd.start(rate);
    await killBotsOf(stage, plan);
    await crowd.stop();
    const settled = await settle(stage, SETTLE_MS);
    const { figures, failures } = await verify(stage, oracle, 'as emitted');
    if (!settled.empty) failures.push('The mailboxes are not empty.');
    return { scenario, figures: { kills, ...figures, settledMs: settled.ms }, failures };
  } finally {
    await stage.close();
  }
}
