import { z } from 'zod';
import { readFlags } from '../test/support/read-flags.ts';

export const SCENARIOS = [
  'bot',
  'redis',
  'line',
  'order',
  'reminders',
  'sqlite',
  'sqlite-reminders',
  'cluster',
  'soak',
] as const;

const count = (most: number) => z.coerce.number().int().min(0).max(most);

const schema = z.object({
  only: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(SCENARIOS)))
    .default([...SCENARIOS]),
  kills: count(100_000).default(20),
  /** Of an outage, of LINE's troubles together, of disorder and of the soak. */
  seconds: z.coerce.number().min(1).max(86_400).default(10),
  rate: z.coerce.number().min(1).max(5000).default(60),
  users: count(100_000).default(100),
  seed: count(2 ** 32 - 1).optional(),
  json: z.boolean().default(false),
});

export type Options = z.infer<typeof schema>;

const usage = `npm run chaos -- [--only ${SCENARIOS.join(',')}] [--kills 300] [--seconds 60] [--rate 60] [--users 100] [--seed 1] [--json]`;

export const readOptions = (): Options => readFlags(schema, { switches: ['json'], usage });
