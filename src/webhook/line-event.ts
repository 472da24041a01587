import { z } from 'zod';

/** Ids and tokens end up in keys and calls: printable ASCII, and not endless. */
const token = z.string().regex(/^[!-~]{1,200}$/);
const absent = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const source = z.object({
  type: z.string(),
  userId: absent(z.string()),
  groupId: absent(z.string()),
  roomId: absent(z.string()),
});

const common = {
  webhookEventId: token,
  mode: absent(z.string()),
  timestamp: absent(z.number()),
  source: absent(source),
  replyToken: absent(token),
};

const message = z.object({
  id: token,
  type: z.string(),
  text: absent(z.string()),
  mention: absent(z.object({ mentionees: z.array(absent(z.object({ isSelf: z.unknown() }))) })),
});

const picked = absent(z.string().max(40));

const shapes = {
  message: z.object({ ...common, type: z.literal('message'), message }),
  postback: z.object({
    ...common,
    type: z.literal('postback'),
    postback: z.object({
      data: z.string(),
      params: absent(z.object({ date: picked, time: picked, datetime: picked })),
    }),
  }),
  unsend: z.object({
    ...common,
    type: z.literal('unsend'),
    unsend: z.object({ messageId: token }),
  }),
  follow: z.object({
    ...common,
    type: z.literal('follow'),
    follow: absent(z.object({ isUnblocked: z.unknown() })),
  }),
  unfollow: z.object({ ...common, type: z.literal('unfollow') }),
  join: z.object({ ...common, type: z.literal('join') }),
  leave: z.object({ ...common, type: z.literal('leave') }),
};

/** The events that this bot does something with, as LINE sends them, reduced to the fields it reads. */
export type LineEvent = {
  [Type in keyof typeof shapes]: z.infer<(typeof shapes)[Type]>;
}[keyof typeof shapes];

/** Types that LINE documents and this bot ignores; they have names in the metrics. */
const ignoredTypes = new Set([
  'messageEdited',
  'memberJoined',
  'memberLeft',
  'videoPlayComplete',
  'beacon',
  'accountLink',
  'membership',
  'delivery',
  'module',
  'activated',
  'deactivated',
  'botSuspended',
  'botResumed',
]);

export type ReadEvent =
  | { kind: 'event'; type: string; event: LineEvent }
  /** A documented type without use here, or one that LINE has added since (`unknown`). */
  | { kind: 'ignored'; type: string }
  | { kind: 'broken'; type: string };

const typed = z.object({ type: z.string() });

/**
 * Reads one element of `events`, loosely: LINE adds types, fields and enum values without notice, so only what is
 * needed must be there. `type` is from a closed set, fit for a label.
 * https://developers.line.biz/en/docs/messaging-api/development-guidelines/
 */
export function readLineEvent(value: unknown): ReadEvent {
  const head = typed.safeParse(value);
  if (!head.success) return { kind: 'broken', type: 'unknown' };
  const { type } = head.data;
  if (ignoredTypes.has(type)) return { kind: 'ignored', type };
  if (!isUsed(type)) return { kind: 'ignored', type: 'unknown' };
  const parsed = shapes[type].safeParse(value);
  return parsed.success ? { kind: 'event', type, event: parsed.data } : { kind: 'broken', type };
}

function isUsed(type: string): type is keyof typeof shapes {
  return Object.hasOwn(shapes, type);
}
