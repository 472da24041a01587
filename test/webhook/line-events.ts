import { createHmac } from 'node:crypto';

export const userId = `U1${'0'.repeat(31)}`;
export const groupId = `C2${'0'.repeat(31)}`;
export const roomId = `R3${'0'.repeat(31)}`;
export const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8';

/** An event as LINE sends it, with what a test wants different; undefined leaves a field out. */
export function lineEvent(type: string, fields: object): object {
  return {
    type,
    mode: 'active',
    timestamp: 1_800_000_000_000,
    source: { type: 'user', userId },
    webhookEventId: '01J00000000000000000000001',
    deliveryContext: { isRedelivery: false },
    replyToken: 'nHuyWiB7yP5Zw52FIkcQobQuGDXCTA',
    ...fields,
  };
}

export function textMessage(text: string, fields: object = {}): object {
  return { id: '444', type: 'text', quoteToken: 'q', text, ...fields };
}

export function sign(body: string | Buffer, secret = channelSecret): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}
