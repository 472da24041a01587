import type { Deed } from './transcript.ts';

type EventFields = {
  type: string;
  message?: { type: string; text?: string };
  postback?: { data: string; params?: Record<string, string> };
  follow?: { isUnblocked?: boolean };
};

/** LINE's kinds of media, by the names that the golden conversations give them. */
export const mediaNames: Readonly<Record<string, string>> = {
  sticker: 'スタンプ',
  image: '画像',
  video: '動画',
  audio: '音声',
  file: 'ファイル',
  location: '位置情報',
};

const happeningNames: Readonly<Record<string, string>> = {
  follow: '友だち追加',
  unfollow: 'ブロック',
  unsend: '送信取消',
};

/** What a webhook event says that a user did. `labelOf` knows the button by its data. */
export function deedOf(event: Record<string, unknown>, labelOf: (data: string) => string): Deed {
  const { type, message, postback, follow } = event as EventFields;
  if (message?.type === 'text') return { kind: 'says', text: message.text ?? '' };
  if (message) return { kind: 'happens', what: mediaNames[message.type] ?? message.type };
  if (postback) {
    const picked = Object.values(postback.params ?? {})[0];
    return { kind: 'taps', label: labelOf(postback.data), ...(picked && { picked }) };
  }
  const what = follow?.isUnblocked ? 'ブロック解除' : (happeningNames[type] ?? type);
  return { kind: 'happens', what };
}
