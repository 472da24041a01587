import type { messagingApi } from '@line/bot-sdk';
import { h } from './element.ts';
import { tappable } from './flex/tappable.ts';
import type { Action, Draw } from './flex/types.ts';
import type { Message } from './message.ts';

/** The row of chips of the newest message, or undefined when it has none. LINE shows only the last message's chips. */
export function quickReply(last: Message | undefined, draw: Draw): HTMLElement | undefined {
  const items = last?.quickReply?.items ?? [];
  if (items.length === 0) return undefined;
  const row = h('div', 'chips');
  row.setAttribute('role', 'group');
  row.setAttribute('aria-label', '返事の候補');
  for (const item of items) {
    const { action } = item;
    if (action) row.append(chip(item, action, draw));
  }
  return row;
}

/** Camera, picker and the like leave the chips where they are until they are done (LINE docs, "Use quick replies"). */
export function staysAfterTap(action: Action): boolean {
  return ['camera', 'cameraRoll', 'datetimepicker', 'location'].includes(action.type ?? '');
}

function chip(item: messagingApi.QuickReplyItem, action: Action, draw: Draw): HTMLElement {
  const element = tappable(action, draw, 'button');
  element.classList.add('chip');
  if (item.imageUrl?.startsWith('https://')) {
    const icon = h('img', 'chip-icon');
    icon.alt = '';
    icon.src = item.imageUrl;
    element.append(icon);
  }
  element.append(action.label ?? '');
  return element;
}
