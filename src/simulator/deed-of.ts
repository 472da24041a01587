import type { Deed } from './transcript.ts';

type EventFields = {
  type: string;
  message?: { type: string; text?: string };
  postback?: { data: string; params?: Record<string, string> };
  follow?: { isUnblocked?: boolean };
};

/** What can happen in a chat beside texts and taps, by the names that the golden conversations give it. */
export const happeningNames = {
  sticker: 'スタンプ',
  image: '画像',
  video: '動画',
  audio: '音声',
  file: 'ファイル',
  location: '位置情報',
  follow: '友だち追加',
  unfollow: 'ブロック',
  unblock: 'ブロック解除',
  unsend: '送信取消',
} as const;
const nameOf = (type: string): string =>
  (happeningNames as Readonly<Record<string, string>>)[type] ?? type;

/** What a webhook event says that a user did. `labelOf` knows the button by its data. */
export function deedOf(event: Record<string, unknown>, labelOf: (data: string) => string): Deed {
  const { type, message, postback, follow } = event as EventFields;
  if (message?.type === 'text') return { kind: 'says', text: message.text ?? '' };
  if (message) return { kind: 'happens', what: nameOf(message.type) };
  if (postback) {
    const picked = Object.values(postback.params ?? {})[0];
    return { kind: 'taps', label: labelOf(postback.data), ...(picked && { picked }) };
  }
  return { kind: 'happens', what: nameOf(follow?.isUnblocked ? 'unblock' : type) };
}
