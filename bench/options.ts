import { z } from 'zod';
import { readFlags } from '../test/support/read-flags.ts';
import { contenders } from './contenders.ts';

const names = [...contenders.map(({ name }) => name), 'reminders'] as const;
const count = (fallback: number, most: number) =>
  z.coerce.number().int().min(1).max(most).default(fallback);

const schema = z.object({
  events: count(50_000, 10_000_000),
  seconds: z.coerce.number().min(1).max(3600).default(6),
  users: count(2000, 1_000_000),
  /** More users, whom Redis remembers and who say nothing. */
  idle: z.coerce.number().int().min(0).max(10_000_000).default(0),
  /** Everybody is measured in each of them, in turn. */
  rounds: count(1, 100),
  /** Due within a minute. */
  reminders: count(10_000, 100_000),
  only: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(names)))
    .default([...names]),
  json: z.boolean().default(false),
  /** Writes a CPU profile of each bot to this folder. */
  profile: z.string().optional(),
});

export type Options = z.infer<typeof schema>;

const usage = `npm run bench -- [--events 50000] [--seconds 6] [--users 2000] [--idle 1000000] [--rounds 1] [--reminders 10000] [--only ${names.join(',')}] [--json] [--profile folder]`;

export const readOptions = (): Options => readFlags(schema, { switches: ['json'], usage });
