import type { messagingApi } from '@line/bot-sdk';
import { h } from './element.ts';
import { container } from './flex/container.ts';
import type { Draw } from './flex/types.ts';
import { linkedText } from './linked-text.ts';

/** What the bot sends; and of what users send, the pictures without an address and the files. */
export type Message =
  | Exclude<messagingApi.Message, { type: 'image' }>
  | { type: 'image'; previewImageUrl?: string; quickReply?: messagingApi.QuickReply }
  | { type: 'file'; fileName: string; quickReply?: undefined };

/** What stands in the chat for one message object, without avatar and time. */
export function message(one: Message, draw: Draw): HTMLElement {
  switch (one.type) {
    case 'text':
    case 'textV2':
      return h('div', 'say', ...linkedText(one.text));
    case 'flex': {
      const frame = h('div', `flex flex-${one.contents.type}`);
      if (one.contents.type === 'bubble')
        frame.classList.add(`size-${one.contents.size ?? 'mega'}`);
      frame.setAttribute('role', 'group');
      frame.setAttribute('aria-label', one.altText);
      frame.append(container(one.contents, draw));
      return frame;
    }
    case 'sticker': {
      const drawing = h('img', '');
      drawing.src = '/try/page/sticker.svg';
      drawing.alt = '';
      const name = `スタンプ ${one.packageId}/${one.stickerId}`;
      return h('div', 'sticker', drawing, h('small', '', name));
    }
    case 'image':
      return picture(one.previewImageUrl);
    case 'location':
      return h('div', 'say', `位置情報: ${one.title}\n${one.address}`);
    case 'video':
      return h('div', 'say', '（動画）');
    case 'audio':
      return h('div', 'say', '（音声）');
    case 'template':
    case 'imagemap':
      return h('div', 'say', one.altText, h('small', 'note', `（${one.type}は表示できません）`));
    case 'file':
      return h('div', 'say', `ファイル: ${one.fileName}`);
    case 'coupon':
      return h('div', 'say', '（クーポン）');
    default:
      return h('div', 'say', `（${String((one satisfies never as { type?: unknown }).type)}）`);
  }
}

function picture(url: string | undefined): HTMLElement {
  if (!url?.startsWith('https://')) return h('div', 'say', '（写真）');
  const img = h('img', 'photo');
  img.alt = '画像';
  img.referrerPolicy = 'no-referrer';
  img.src = url;
  return img;
}
