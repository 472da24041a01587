/**
 * Attacks the whole bot with real processes on this machine and compares what LINE saw with what should have been:
 *
 *   npm run chaos                                   every scenario, short
 *   npm run chaos -- --only bot --kills 300         one of them, long
 *   npm run chaos -- --only redis --seconds 60 --seed 7
 *
 * A line for each scenario; ends with 1 when one of them failed. The same seed decides the same things again, though
 * processes never meet at the same moment twice. Whatever was started has ended when it returns.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOptions } from './options.ts';
import { createOracle } from './oracle.ts';
import { createRandom } from './random.ts';
import { scenarios } from './scenarios.ts';
import { type Verdict, tell } from './verdict.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const options = readOptions();
const seed = options.seed ?? randomInt(2 ** 31);
const { kills, seconds, rate, users, json } = options;
const note = (text: string): void => void process.stderr.write(`${text}\n`);
note(`seed ${seed}`);
const oracle = createOracle();
let failed = false;
for (const name of options.only) {
  const say = (text: string): void => note(`  ${name}: ${text}`);
  const random = createRandom(seed);
  const run = scenarios[name]({ kills, seconds, rate, users, random, oracle, say });
  const verdict = await Promise.race([run, tooLong(name)]);
  failed ||= verdict.failures.length > 0;
  console.log(json ? JSON.stringify({ seed, ...verdict }) : tell(verdict));
}
process.exit(failed ? 1 : 0);

/** Whatever hangs is a finding, too; the processes end with this one. */
async function tooLong(scenario: string): Promise<Verdict> {
  const mostMs = 300_000 + kills * 10_000 + seconds * 10_000;
  await sleep(mostMs);
  return { scenario, figures: {}, failures: [`It did not end within ${mostMs / 1000} s.`] };
}
