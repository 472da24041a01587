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

/** Domains, with all below them, on which the facts of Amazon itself and of public bodies stand. */
const AMAZON = ['amazon.co.jp', 'amazon.com'];
const PUBLIC = ['go.jp', 'lg.jp', 'antiphishing.jp'];

/** Whether a link or a mail address belongs to whoever its class says. Only a public body's is not Amazon's. */
export function standsAtHome({ kind, class: whose, value }: Fact): boolean {
  if (kind !== 'url' && kind !== 'mail') return true;
  const shape = kind === 'url' ? URL_HOST : MAIL_HOST;
  const host = shape.exec(value)?.[1] ?? '';
  const homes = whose === 'public' ? PUBLIC : AMAZON;
  return homes.some((home) => host === home || host.endsWith(`.${home}`));
}

/** Without a user's name or a port: neither is ever part of an official address. */
const URL_HOST = /^https:\/\/([a-z0-9.-]+)(?:[/?#]|$)/;
const MAIL_HOST = /^[a-z0-9._+-]+@([a-z0-9.-]+)$/i;

/** Whether a phone number is written as Japanese numbers are: with all of its digits, and dashes between them. */
export function hasPhoneShape(value: string): boolean {
  return PHONE_SHAPES.some((shape) => shape.test(value.replace(/^\+81-/, '0')));
}

const PHONE_SHAPES = [
  /^(?:11[0-9]|171|18[89]|#[1-9]\d{3})$/,
  /^0120-\d{3}-\d{3}$/,
  /^0800-\d{3}-\d{4}$/,
  /^0[59]70-\d{3}-\d{3}$/,
  /^0[5-9]0-\d{4}-\d{4}$/,
  // A town's number: ten digits, wherever its dashes stand.
  /^(?!0120|0800|0[5-9]0)(?=(?:-?\d){10}$)0[1-9]\d{0,3}-\d{1,4}-\d{4}$/,
];
