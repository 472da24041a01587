import { z } from 'zod';

/** What happened, reduced to what a dialog can use. Group events carry no text at all: the bot never needs it. */
const eventBody = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    messageId: z.string(),
    text: z.string(),
    /** The text held a card number, a code or a password; it was masked before anything was stored. */
    masked: z.literal(true).optional(),
  }),
  z.object({
    kind: z.literal('media'),
    messageId: z.string(),
    media: z.enum(['sticker', 'image', 'video', 'audio', 'file', 'location', 'unknown']),
  }),
  z.object({
    kind: z.literal('postback'),
    data: z.string(),
    /** What the date and time picker returned: `YYYY-MM-DD`, `HH:mm` or `YYYY-MM-DDTHH:mm`, Japan's time. */
    picked: z.string().optional(),
  }),
  z.object({ kind: z.literal('follow'), returning: z.boolean() }),
  z.object({ kind: z.literal('unfollow') }),
  z.object({ kind: z.literal('unsend'), messageId: z.string() }),
  /** The bot was added to a group or room, or somebody wrote there; `addressed`: joined or mentioned just now. */
  z.object({ kind: z.literal('group'), addressed: z.boolean() }),
  /** So many events of somebody who writes faster than can be answered: their words are not kept (store/fold.ts). */
  z.object({ kind: z.literal('burst'), count: z.number() }),
  z.object({ kind: z.literal('reminder'), reminderId: z.string(), dueMs: z.number() }),
]);

export const event = z.object({
  /** `webhookEventId` of LINE (a ULID), or an id derived from a reminder and its due time. Deduplicated by it. */
  id: z.string().min(1),
  /** Whose mailbox it belongs to: a user id, or a group's or room's id. */
  owner: z.string().min(1),
  /** When it happened, by LINE's clock, in ms. */
  timestampMs: z.number(),
  /** When it reached this bot, in ms. The life of the reply token counts from here. */
  receivedMs: z.number(),
  replyToken: z.string().optional(),
  body: eventBody,
});

export type Event = z.infer<typeof event>;
export type EventBody = z.infer<typeof eventBody>;

/** An event of a kind that only a newer version knows. */
export class UnknownEvent extends Error {
  override name = 'UnknownEvent';
  constructor() {
    super('This version knows no such event.');
  }
}
