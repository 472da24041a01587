import { z } from 'zod';
import type { Choice, Reply } from './reply.ts';

export type Pending = Reply & { choices: readonly Choice[] };

const picker = z.object({
  mode: z.enum(['date', 'datetime']),
  initial: z.string(),
  min: z.string(),
  max: z.string(),
});

const choice = z.object({
  label: z.string(),
  hint: z.string().exactOptional(),
  data: z.string(),
  picker: picker.exactOptional(),
});

const reply = z.object({
  dialog: z.string(),
  node: z.string(),
  answers: z.record(z.string(), z.string()).readonly().exactOptional(),
  values: z.record(z.string(), z.string()).readonly().exactOptional(),
  choices: z.array(choice).readonly().exactOptional(),
  alone: z.literal(true).exactOptional(),
  ways: z.array(choice).readonly().exactOptional(),
});

/** A question that the bot itself put in between (continue or start over, which topic …); its choices are what counts. */
const pending = z.object({
  dialog: z.string(),
  node: z.string(),
  answers: z.record(z.string(), z.string()).readonly().exactOptional(),
  values: z.record(z.string(), z.string()).readonly().exactOptional(),
  choices: z.array(choice).readonly(),
});

/**
 * Something the user gave in words: `messageId` so that unsending the message takes it back. A deadline that was
 * counted from it says on which day to ask again (`remindOn`).
 */
const slot = z.object({
  value: z.string(),
  atMs: z.number(),
  messageId: z.string(),
  remindOn: z.string().exactOptional(),
});

/** A promise to ask again. `matter` is the session it was made in: what is solved withdraws all reminders of it. */
const reminder = z.object({
  id: z.string(),
  dueMs: z.number(),
  topic: z.string(),
  matter: z.string(),
  /** The moment at night that was picked before `dueMs` was moved to the morning. */
  wantedMs: z.number().exactOptional(),
  /** The user insisted on a moment at night. */
  exact: z.literal(true).exactOptional(),
  /** It was due before, at `dueMs`, and may have been sent since `atMs`: a later push must use the same retry key. */
  tried: z.object({ dueMs: z.number(), atMs: z.number() }).exactOptional(),
});

/**
 * Where a conversation stands: ids, never positions, so that an edited dialog does not break it.
 * Places are `dialog.node`. Stored as JSON, without what is as its default (`toStore`); `v` names the shape.
 */
export const state = z.object({
  v: z.literal(1),
  /** Names this conversation in its buttons, so that a button of an older one is known as such. */
  session: z.string(),
  /** The question that waits for an answer; absent when none does. */
  dialog: z.string().exactOptional(),
  node: z.string().exactOptional(),
  /** Answer by the name of the node that asked. */
  answers: z.record(z.string(), z.string()),
  slots: z.record(z.string(), slot).default({}),
  /** Questions answered so far, the newest last: the place, then the stack as it was there. */
  trail: z.array(z.array(z.string()).min(1)).default([]),
  /** Places to come back to when the present dialog ends, the newest last. */
  stack: z.array(z.string()).default([]),
  pending: pending.exactOptional(),
  /** Topics that came up in the same breath and wait for their turn. */
  later: z.array(z.string()).exactOptional(),
  reminders: z.array(reminder).exactOptional(),
  /** Texts in a row that were not understood. */
  misses: z.number().default(0),
  /** Answers that could not be delivered, or did not fit: they open the next reply. */
  unsent: z.array(reply).exactOptional(),
  lang: z.literal('ja').default('ja'),
  /** When the user was last here, in ms. */
  at: z.number(),
});

export type State = z.infer<typeof state>;
export type Reminder = z.infer<typeof reminder>;

/** How long something a user gave in words (an order number …) is kept. */
export const SLOT_LIFE_MS = 24 * 60 * 60 * 1000;

/** A conversation that has just begun. `session` comes from the event's id, so that a repeated turn is the same turn. */
export function freshState(eventId: string, nowMs: number): State {
  return {
    v: 1,
    session: sessionOf(eventId),
    answers: {},
    slots: {},
    trail: [],
    stack: [],
    misses: 0,
    lang: 'ja',
    at: nowMs,
  };
}

/** A deadline was counted for one matter, from one day: it goes with either. */
export function withoutDeadline(talk: State): State {
  const { deadline: _deadline, ...slots } = talk.slots;
  return { ...talk, slots };
}

/** The random end of a ULID: enough to tell one user's conversations apart. */
export function sessionOf(eventId: string): string {
  return eventId
    .slice(-8)
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-');
}

/** What is to be stored: without what `readState` fills in again, 50 bytes of most conversations. */
export function toStore({ slots, trail, stack, misses, lang, ...rest }: State): object {
  return {
    ...rest,
    ...(Object.keys(slots).length > 0 && { slots }),
    ...(trail.length > 0 && { trail }),
    ...(stack.length > 0 && { stack }),
    ...(misses > 0 && { misses }),
    ...(lang !== 'ja' && { lang }),
  };
}

/** Reads what the store kept. Undefined for nothing, or for a shape that this version does not know. */
export function readState(stored: unknown): State | undefined {
  const parsed = state.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}
