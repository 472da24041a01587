import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from './scenario.ts';
import type { Stage } from './stage.ts';

/** From a bot's start to its next kill. */
const LONGEST_LIFE_MS = 1200;

/** The same, as a multiple of what the start took: on a slow machine, too, a bot must get something into its hands. */
const LONGEST_LIFE_STARTS = 3;

/** kill -9 of the stage's bots at random moments, `kills` times in all; each is started again at once. */
export async function killBotsOf(
  stage: Pick<Stage, 'bots'>,
  { kills, random, say }: Pick<Plan, 'kills' | 'random' | 'say'>,
): Promise<void> {
  let killed = 0;
  await Promise.all(
    stage.bots.map(async (bot) => {
      let longestLifeMs = LONGEST_LIFE_MS;
      while (killed < kills) {
        await sleep(random.next() * longestLifeMs);
        if (killed >= kills) return;
        killed += 1;
        if (killed % 25 === 0) say(`${killed} kills`);
        await bot.kill();
        const startedAt = performance.now();
        await bot.start();
        const startMs = performance.now() - startedAt;
        longestLifeMs = Math.max(LONGEST_LIFE_MS, LONGEST_LIFE_STARTS * startMs);
      }
    }),
  );
}
