import type { messagingApi } from '@line/bot-sdk';
import { checkAction, inQuickReply } from './limits/action.ts';
import { checkContainer } from './limits/flex.ts';
import {
  type Json,
  type Report,
  type Violation,
  checkKeys,
  checkText,
  isObject,
} from './limits/report.ts';

export type { Violation } from './limits/report.ts';

const MOST_MESSAGES = 5;
const MOST_QUICK_REPLIES = 13;

/**
 * Everything in a call's messages that LINE would refuse; one of them makes it refuse all (400). Knows the kinds this
 * bot sends, text and Flex; source: LINE reference, "Message objects". Empty when all is well.
 */
export function violations(messages: readonly messagingApi.Message[]): Violation[] {
  const found: Violation[] = [];
  const report: Report = (path, rule) => found.push({ path, rule });
  if (messages.length === 0) report('messages', 'is empty; LINE takes 1 to 5');
  if (messages.length > MOST_MESSAGES)
    report('messages', `holds ${messages.length}; LINE takes ${MOST_MESSAGES}`);
  messages.forEach((message, index) => checkMessage(message, `messages[${index}]`, report));
  return found;
}

function checkMessage(message: unknown, path: string, report: Report): void {
  if (!isObject(message)) return report(path, 'must be a message');
  if (message['type'] === 'text') {
    checkKeys(message, ['type', 'text', 'quickReply', 'quoteToken'], path, report);
    checkText(message, 'text', path, report, { most: 5000, required: true });
    if (
      typeof message['text'] === 'string' &&
      message['text'] !== '' &&
      message['text'].trim() === ''
    )
      report(`${path}.text`, 'must not be blank');
  } else if (message['type'] === 'flex') {
    checkKeys(message, ['type', 'altText', 'contents', 'quickReply'], path, report);
    checkText(message, 'altText', path, report, { most: 1500, required: true });
    checkContainer(message['contents'], `${path}.contents`, report);
  } else report(`${path}.type`, 'must be text or flex');
  if (message['quickReply'] !== undefined) checkQuickReply(message, `${path}.quickReply`, report);
}

function checkQuickReply(message: Json, path: string, report: Report): void {
  const quickReply = message['quickReply'];
  const items = isObject(quickReply) ? quickReply['items'] : undefined;
  if (!Array.isArray(items) || items.length === 0) return report(`${path}.items`, 'needs items');
  if (items.length > MOST_QUICK_REPLIES)
    report(`${path}.items`, `holds ${items.length}; LINE takes ${MOST_QUICK_REPLIES}`);
  items.forEach((item: unknown, index) => {
    const place = `${path}.items[${index}]`;
    if (!isObject(item)) return report(place, 'must be an item');
    checkKeys(item, ['type', 'action'], place, report);
    if (item['type'] !== 'action') report(`${place}.type`, 'must be action');
    checkAction(item['action'], `${place}.action`, inQuickReply, report);
  });
}
