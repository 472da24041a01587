import type { SCENARIOS } from '../../chaos/options.ts';
import { createOracle } from '../../chaos/oracle.ts';
import { createRandom } from '../../chaos/random.ts';
import { scenarios } from '../../chaos/scenarios.ts';

/** Another one each day, so that in time many are tried; the name of the suite says it. */
export const seed = Math.floor(Date.now() / 86_400_000);

/** Each starts some bots, which takes a while on a machine that runs all tests at once. */
export const PATIENCE_MS = 240_000;

let oracle: ReturnType<typeof createOracle> | undefined;

/** Runs the short form of a scenario of `npm run chaos`: real bots, a real Redis, LINE's side in this process. */
export async function failuresOf(
  name: (typeof SCENARIOS)[number],
  given: { kills: number; seconds: number },
): Promise<readonly string[]> {
  oracle ??= createOracle();
  const plan = { rate: 40, users: 60, random: createRandom(seed), oracle, say: () => {}, ...given };
  return (await scenarios[name](plan)).failures;
}
