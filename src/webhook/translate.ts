import type { Event, EventBody } from '../dialog/event.ts';
import { cutText } from './cut-text.ts';
import type { LineEvent } from './line-event.ts';

/** LINE takes no longer text from us, and nobody needs more to say what is wrong. */
const maxText = 5000;
/** What LINE allows in a button; anything longer is none of ours. */
const maxPostbackData = 300;

/**
 * LINE's event as the dialog understands it; undefined for what this bot stays silent about.
 * `receivedMs`: when the request came in. Group and room events keep no text.
 */
export function translate(line: LineEvent, receivedMs: number): Event | undefined {
  if (isDummy(line)) return undefined;
  const place = whose(line);
  if (place === undefined) return undefined;
  const body = place.shared ? groupBody(line) : userBody(line);
  if (body === undefined) return undefined;
  // Another channel holds the chat: nothing may be said, but what must be forgotten is forgotten all the same.
  if (line.mode === 'standby' && body.kind !== 'unfollow' && body.kind !== 'unsend')
    return undefined;
  return {
    id: line.webhookEventId,
    owner: place.owner,
    timestampMs: line.timestamp ?? receivedMs,
    receivedMs,
    ...(line.replyToken === undefined ? {} : { replyToken: line.replyToken }),
    body,
  };
}

function userBody(line: LineEvent): EventBody | undefined {
  switch (line.type) {
    case 'message':
      return messageBody(line.message);
    case 'postback': {
      const { data, params } = line.postback;
      const picked = params?.datetime ?? params?.date ?? params?.time;
      return {
        kind: 'postback',
        data: cutText(data, maxPostbackData),
        ...(picked === undefined ? {} : { picked: picked.toWellFormed() }),
      };
    }
    case 'follow':
      return { kind: 'follow', returning: line.follow?.isUnblocked === true };
    case 'unfollow':
      return { kind: 'unfollow' };
    case 'unsend':
      return { kind: 'unsend', messageId: line.unsend.messageId };
    case 'join':
    case 'leave':
      return undefined;
  }
}

function messageBody(message: (LineEvent & { type: 'message' })['message']): EventBody {
  const { id: messageId, type, text } = message;
  if (type === 'text' && text !== undefined)
    return { kind: 'text', messageId, text: cutText(text, maxText) };
  switch (type) {
    case 'sticker':
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
    case 'location':
      return { kind: 'media', messageId, media: type };
    default:
      return { kind: 'media', messageId, media: 'unknown' };
  }
}

function groupBody(line: LineEvent): EventBody | undefined {
  switch (line.type) {
    case 'join':
      return { kind: 'group', addressed: true };
    case 'message': {
      const mentioned = line.message.mention?.mentionees.some((one) => one?.isSelf === true);
      return { kind: 'group', addressed: mentioned === true };
    }
    case 'postback':
      return { kind: 'group', addressed: false };
    case 'leave':
      // The bot is out: whatever is kept of the group goes, as for a user who blocks it.
      return { kind: 'unfollow' };
    case 'follow':
    case 'unfollow':
    case 'unsend':
      return undefined;
  }
}

/** The mailbox: the user in a one-to-one chat, else the group or room. Ids become keys, so their form is checked. */
function whose({ source }: LineEvent): { owner: string; shared: boolean } | undefined {
  switch (source?.type) {
    case 'user':
      return isId('U', source.userId) ? { owner: source.userId, shared: false } : undefined;
    case 'group':
      return isId('C', source.groupId) ? { owner: source.groupId, shared: true } : undefined;
    case 'room':
      return isId('R', source.roomId) ? { owner: source.roomId, shared: true } : undefined;
    default:
      return undefined;
  }
}

function isId(letter: 'U' | 'C' | 'R', id: string | undefined): id is string {
  return id !== undefined && id.startsWith(letter) && /^[UCR][0-9a-f]{32}$/.test(id);
}

/** Years ago the console's verify button sent made-up events; replying to them fails. */
function isDummy({ replyToken, source }: LineEvent): boolean {
  const madeUp = source?.userId?.startsWith('Udeadbeef') ?? false;
  return madeUp || /^(?:0{32}|f{32})$/.test(replyToken ?? '');
}
