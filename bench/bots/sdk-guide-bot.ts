/**
 * A bot as the SDK's guide teaches it: express, the SDK's middleware, one handler per event, the SDK's client, and 200
 * when all is answered. Its state is JSON in Redis. Nothing is durable, deduplicated or ordered.
 */
import { messagingApi, middleware, type webhook } from '@line/bot-sdk';
import express from 'express';
import { Redis } from 'ioredis';
import { readSettings } from './settings.ts';
import { type ToyState, toyStep } from './toy-topic.ts';

const { port, redisUrl, channelSecret, channelAccessToken, lineUrl } = readSettings();
const redis = new Redis(redisUrl);
const client = new messagingApi.MessagingApiClient({ channelAccessToken, baseURL: lineUrl });
const app = express();

app.post('/webhook', middleware({ channelSecret }), async (req, res) => {
  const { events }: webhook.CallbackRequest = req.body;
  try {
    res.json(await Promise.all(events.map(answer)));
  } catch (error) {
    console.error(error);
    res.status(500).end();
  }
});

async function answer(event: webhook.Event): Promise<unknown> {
  const { source } = event;
  if (source?.type !== 'user' || source.userId === undefined) return null;
  if (!('replyToken' in event) || event.replyToken === undefined) return null;
  const key = `user:${source.userId}`;
  const kept = await redis.get(key);
  const before: ToyState | undefined = kept === null ? undefined : JSON.parse(kept);
  const { state, messages } = toyStep(before, event);
  await redis.set(key, JSON.stringify(state), 'EX', 30 * 24 * 60 * 60);
  return client.replyMessage({ replyToken: event.replyToken, messages });
}

app.listen(port, '127.0.0.1');
