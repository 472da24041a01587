/**
 * What no bot can do without: HTTP, HMAC, one read and one write of state, one call to LINE. It answers 200 at once and
 * keeps nothing: a crash loses what it has accepted, and an event that comes twice is answered twice.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { webhook } from '@line/bot-sdk';
import { Redis } from 'ioredis';
import { Pool } from 'undici';
import { readSettings } from './settings.ts';
import { type ToyState, toyStep } from './toy-topic.ts';

const { port, redisUrl, channelSecret, channelAccessToken, lineUrl } = readSettings();
const redis = new Redis(redisUrl);
const line = new Pool(lineUrl, { connections: 200 });
const headers = {
  authorization: `Bearer ${channelAccessToken}`,
  'content-type': 'application/json',
};

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const wanted = createHmac('sha256', channelSecret).update(body).digest();
    const given = Buffer.from(String(request.headers['x-line-signature']), 'base64');
    const signed = given.length === wanted.length && timingSafeEqual(given, wanted);
    response.writeHead(signed ? 200 : 401).end();
    if (!signed) return;
    const { events }: webhook.CallbackRequest = JSON.parse(body.toString('utf8'));
    for (const event of events) answer(event).catch(console.error);
  });
}).listen(port, '127.0.0.1');

async function answer(event: webhook.Event): Promise<void> {
  const { source } = event;
  if (source?.type !== 'user' || source.userId === undefined) return;
  if (!('replyToken' in event)) return;
  const key = `user:${source.userId}`;
  const kept = await redis.get(key);
  const before: ToyState | undefined = kept === null ? undefined : JSON.parse(kept);
  const { state, messages } = toyStep(before, event);
  await redis.set(key, JSON.stringify(state), 'EX', 30 * 24 * 60 * 60);
  const body = JSON.stringify({ replyToken: event.replyToken, messages });
  const reply = await line.request({
    method: 'POST',
    path: '/v2/bot/message/reply',
    headers,
    body,
  });
  await reply.body.dump();
}
