import { z } from 'zod';
import { hex32 } from './id.ts';

const at = z.string().max(1000);

/** What a person does in the chat; `wordEvent` makes LINE's webhook event of it. */
export const happening = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(10_000) }),
  z.strictObject({
    kind: z.literal('media'),
    media: z.enum(['sticker', 'image', 'video', 'audio', 'file', 'location']),
  }),
  z.strictObject({
    kind: z.literal('postback'),
    data: at,
    /** What the date and time picker gave. */
    params: z.record(z.string().max(30), z.string().max(100)).optional(),
  }),
  z.strictObject({ kind: z.literal('follow'), isUnblocked: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('unfollow') }),
  z.strictObject({ kind: z.literal('unsend'), messageId: at }),
  z.strictObject({ kind: z.literal('join') }),
  z.strictObject({ kind: z.literal('leave') }),
  /** Anything else LINE could send: the event's own fields, beside the common ones. */
  z.strictObject({ kind: z.literal('raw'), event: z.looseObject({ type: at }) }),
]);
export type Happening = z.infer<typeof happening>;

/** Types that bring a reply token (line-facts: webhook event types). */
const answerable = new Set([
  'message',
  'messageEdited',
  'follow',
  'join',
  'memberJoined',
  'postback',
  'videoPlayComplete',
  'beacon',
  'accountLink',
  'membership',
]);

export function hasReplyToken(type: string): boolean {
  return answerable.has(type);
}

/** The fields of the event that depend on what happened, with its `type`. */
export function wordEvent(
  what: Happening,
  messageId: string,
): Record<string, unknown> & { type: string } {
  switch (what.kind) {
    case 'text':
      return message(messageId, { type: 'text', text: what.text, quoteToken: hex32() });
    case 'media':
      return message(messageId, media(what.media));
    case 'postback':
      return {
        type: 'postback',
        postback: { data: what.data, ...(what.params && { params: what.params }) },
      };
    case 'follow':
      return { type: 'follow', follow: { isUnblocked: what.isUnblocked ?? false } };
    case 'unsend':
      return { type: 'unsend', unsend: { messageId: what.messageId } };
    case 'unfollow':
    case 'join':
    case 'leave':
      return { type: what.kind };
    case 'raw':
      return what.event;
    default:
      return what satisfies never;
  }
}

function message(id: string, content: object) {
  return { type: 'message', message: { id, ...content, markAsReadToken: hex32() } };
}

function media(kind: Extract<Happening, { kind: 'media' }>['media']): object {
  switch (kind) {
    case 'sticker':
      return {
        type: kind,
        packageId: '446',
        stickerId: '1988',
        stickerResourceType: 'ANIMATION',
        quoteToken: hex32(),
      };
    case 'image':
      return { type: kind, contentProvider: { type: 'line' }, quoteToken: hex32() };
    case 'video':
      return {
        type: kind,
        duration: 3000,
        contentProvider: { type: 'line' },
        quoteToken: hex32(),
      };
    case 'audio':
      return { type: kind, duration: 3000, contentProvider: { type: 'line' } };
    case 'file':
      return { type: kind, fileName: 'receipt.pdf', fileSize: 2138 };
    case 'location':
      return {
        type: kind,
        title: '東京駅',
        address: '東京都千代田区',
        latitude: 35.68,
        longitude: 139.77,
      };
    default:
      return kind satisfies never;
  }
}
