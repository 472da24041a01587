import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';

export type StandInEvent = {
  type: string;
  replyToken?: string;
  source: { userId: string };
  message?: { type: string; text?: string };
  postback?: { data: string; params?: Record<string, string> };
  [key: string]: unknown;
};

/** What the stand-in answers to an event; undefined: nothing. */
export type Answering = (event: StandInEvent) => unknown[] | undefined;

export type StandIn = {
  simulator: Simulator;
  /** Where the chat page is. */
  url: string;
  /** Every event the bot got, signature checked. */
  events: StandInEvent[];
  /** While true the bot answers 503. */
  down: { now: boolean };
  close(): Promise<void>;
};

/** A small bot of no meaning behind a real webhook, so that the page is tested apart from our own bot. */
export async function startStandIn(answering: Answering): Promise<StandIn> {
  const events: StandInEvent[] = [];
  const down = { now: false };
  const simulator = await createSimulator({
    inspect: (userId) => ({ userId, events: events.length }),
    line: { redelivery: { times: 1, afterMs: 50 } },
  });
  const app = express();
  app.use(simulator.router);
  app.post('/webhook', express.raw({ type: '*/*' }), async (request, response) => {
    const raw = request.body as Buffer;
    const signature = createHmac('sha256', simulator.channelSecret).update(raw).digest('base64');
    if (down.now || request.headers['x-line-signature'] !== signature) {
      response.sendStatus(down.now ? 503 : 401);
      return;
    }
    const body = JSON.parse(raw.toString('utf8')) as { events: StandInEvent[] };
    response.sendStatus(200);
    for (const event of body.events) {
      events.push(event);
      const messages = answering(event);
      if (!messages || !event.replyToken) continue;
      await fetch(`${simulator.baseUrl}/v2/bot/message/reply`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${simulator.accessToken}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ replyToken: event.replyToken, messages }),
      });
    }
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  simulator.line.setWebhookUrl(`${origin}/webhook`);
  return {
    simulator,
    url: `${origin}/try`,
    events,
    down,
    async close() {
      await simulator.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A text message with chips. */
export function ask(text: string, ...actions: object[]): object {
  return {
    type: 'text',
    text,
    quickReply: { items: actions.map((action) => ({ type: 'action', action })) },
  };
}

/** A Flex message of one bubble. */
export function card(altText: string, bubble: object): object {
  return { type: 'flex', altText, contents: { type: 'bubble', ...bubble } };
}

export function column(...contents: object[]): object {
  return { type: 'box', layout: 'vertical', contents };
}
