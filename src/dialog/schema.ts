import { z } from 'zod';

/** Ids of dialogs, nodes and answers: they travel in postbacks and live in states, so they are plain and short. */
export const id = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    '半角の小文字で始まり、小文字・数字・「-」だけの40文字以内にしてください',
  );

/** Where to go: a node of this dialog, or another dialog, with `return` to come back to a node of this one. */
const target = z.union([id, z.strictObject({ open: id, return: id.optional() })]);

/** What a user may give in words. Each kind is parsed and checked before it is kept (dialog/slot.ts). */
export const slotKind = z.enum(['order', 'item', 'amount', 'seller', 'note']);

/** Days a user may name: `{date}` in the words is what the phrases call 「□月□日」; the others are what deadlines count from. */
export const dateSlot = z.enum(['date', 'arrived', 'estimate', 'sent', 'contacted', 'renewal']);

const node = z.discriminatedUnion('kind', [
  /** Says its words and goes on in the same turn. */
  z.strictObject({ kind: z.literal('say'), next: target }),
  /**
   * Says its words and waits for one of the answers. `from_opening`: it is not asked when the sentence that opened the
   * topic means one of them, which is told back; for questions that show nothing but themselves.
   */
  z.strictObject({
    kind: z.literal('ask'),
    from_opening: z.literal(true).optional(),
    answers: z
      .record(id, target)
      .refine((all) => Object.keys(all).length > 0, 'ask には answers が一つは要ります'),
  }),
  /** Says its words and waits for a text of that kind. It can always be skipped; then the slot stays open (〇〇). */
  z.strictObject({ kind: z.literal('ask_text'), slot: slotKind, next: target }),
  /**
   * Says its words and waits for a day, picked or typed; `past`: it cannot lie in the future; `awaited`: something is due
   * on it, and who tells that it came yesterday names no such day. It can be skipped.
   */
  z.strictObject({
    kind: z.literal('ask_date'),
    slot: dateSlot,
    past: z.boolean().default(false),
    awaited: z.boolean().default(false),
    next: target,
  }),
  /**
   * Counts from a day the user gave and says its words with `{deadline}` and `{left}` (days). When that day is not
   * known it goes to `unknown` and says nothing; when the deadline is over, to `over` (its words say what then).
   * `begins`: the day is no last one but the first on which `over` holds.
   * `remind_days_before`: the day a reminder is offered for, counted back from it; 0 is the day itself, -1 the day after.
   */
  z.strictObject({
    kind: z.literal('deadline'),
    from: dateSlot,
    days: z.int().min(0).max(400),
    remind_days_before: z.int().min(-7).max(60).default(1),
    begins: z.boolean().default(false),
    next: target,
    over: target,
    unknown: target,
  }),
  /** Says nothing; goes on by the time of day in Japan: `from` <= hour < `to`. */
  z.strictObject({
    kind: z.literal('hours'),
    from: z.int().min(0).max(23),
    to: z.int().min(1).max(24),
    days: z.enum(['all', 'weekdays']),
    inside: target,
    outside: target,
  }),
  /**
   * Says nothing; goes on by an answer given earlier in this conversation, by which way a deadline went (`next`, `over`,
   * `unknown`), or by the topic it began with (`topic`).
   */
  z.strictObject({ kind: z.literal('branch'), on: id, cases: z.record(id, target), else: target }),
  /** Says its words, offers to ask again later, and keeps the date the user picks. `none` when no reminder is wanted. */
  z.strictObject({
    kind: z.literal('remind'),
    offer: z.array(z.enum(['30m', '1h', 'evening', 'morning', '3d', '7d', 'deadline'])).min(1),
    next: target,
    none: target,
  }),
  /** Says its words, if it has any, and goes to another dialog. */
  z.strictObject({ kind: z.literal('open'), open: id, return: id.optional() }),
  /** Says its words, if it has any. Goes back to whoever opened this dialog, or ends the conversation. */
  z.strictObject({ kind: z.literal('end') }),
]);

/** One file of dialogs/: the graph of a topic, without a word of what is said. */
export const dialog = z.strictObject({
  start: id,
  nodes: z
    .record(id, node)
    .refine((all) => Object.keys(all).length > 0, 'dialog には nodes が一つは要ります'),
});

export type Target = z.infer<typeof target>;
export type SlotKind = z.infer<typeof slotKind>;
export type DateSlot = z.infer<typeof dateSlot>;
export type Node = z.infer<typeof node>;
export type Dialog = z.infer<typeof dialog>;
