import type { Oracle } from './oracle.ts';
import type { Random } from './random.ts';
import type { Verdict } from './verdict.ts';

export type Plan = {
  /** How often something is killed. */
  kills: number;
  /** How long a fault or a load lasts, in s. */
  seconds: number;
  /** Events a second. */
  rate: number;
  users: number;
  random: Random;
  oracle: Oracle;
  /** Progress, for whoever watches. */
  say: (text: string) => void;
};

export type Scenario = (plan: Plan) => Promise<Verdict>;
