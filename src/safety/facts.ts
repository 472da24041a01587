import { z } from 'zod';

/** How sure a fact is; each names its own sources. */
const factClass = z.enum(['official', 'public', 'third_party', 'unverified', 'retired']);

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日付は 2026-11-21 の形で書いてください');

export const fact = z.strictObject({
  value: z.string().trim().min(1),
  kind: z.enum(['url', 'phone', 'mail', 'hours', 'rule', 'label']),
  /** What it is, in Japanese, for editors and for the note at the foot of a card. */
  name: z.string().trim().min(1),
  class: factClass,
  sources: z.array(z.strictObject({ ref: z.string(), seen: z.string().optional() })).min(1),
  checked_on: date,
  review_after_days: z.int().positive(),
  /** The id of the fact that took its place. */
  successor: z.string().optional(),
  /** Where sources contradict each other: with what, and why this value was chosen. */
  conflict: z.string().optional(),
  /** Whether the value may be shown to users at all; retired facts never are. */
  show: z.boolean().default(true),
});

export const facts = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), fact);

export type Fact = z.infer<typeof fact>;
export type Facts = z.infer<typeof facts>;
