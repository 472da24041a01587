import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from './scenario.ts';
import type { Stage } from './stage.ts';

/** From a bot's start, or the kill before, to the next kill. */
const LONGEST_LIFE_MS = 1200;

/** kill -9 of the stage's bots at random moments, `kills` times in all; each is started again at once. */
export async function killBotsOf(
  stage: Pick<Stage, 'bots'>,
  { kills, random, say }: Pick<Plan, 'kills' | 'random' | 'say'>,
): Promise<void> {
  let killed = 0;
  await Promise.all(
    stage.bots.map(async (bot) => {
      while (killed < kills) {
        await sleep(random.between(0, LONGEST_LIFE_MS));
        if (killed >= kills) return;
        killed += 1;
        if (killed % 25 === 0) say(`${killed} kills`);
        await bot.kill();
        await bot.start();
      }
    }),
  );
}
