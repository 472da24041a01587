import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { headers: IncomingHttpHeaders; raw: Buffer; events: ReceivedEvent[] };
type ReceivedEvent = {
  type: string;
  mode: string;
  timestamp: number;
  replyToken?: string;
  webhookEventId: string;
  deliveryContext: { isRedelivery: boolean };
  source: { type: string; userId?: string; groupId?: string };
  message?: { id: string; type: string; text?: string };
  [key: string]: unknown;
};

/** The bot's end of the webhook: records what comes and answers with the statuses given, then 200. */
export async function openBotEnd(): Promise<{
  url: string;
  received: Received[];
  answers: number[];
  close(): Promise<void>;
}> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const { events } = JSON.parse(raw.toString('utf8')) as { events: ReceivedEvent[] };
      received.push({ headers: request.headers, raw, events });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    received,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
