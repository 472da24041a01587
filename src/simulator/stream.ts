import type { RequestHandler, Response } from 'express';
import type { Chats } from './chats.ts';

const mostListeners = 30;
/** A page that does not read is cut off; it comes back and loads everything anew. */
const mostUnread = 1024 * 1024;

/** `GET /try/events`: what happens in the chats, as server-sent events. */
export function createStream(chats: Chats): { handler: RequestHandler; close(): void } {
  const open = new Set<Response>();
  const send = (text: string) => {
    for (const response of open) {
      if (response.writableLength > mostUnread) response.destroy();
      else response.write(text);
    }
  };
  chats.listenTo((news) => send(`data: ${JSON.stringify(news)}\n\n`));
  const pulse = setInterval(() => send(': still here\n\n'), 25_000);
  pulse.unref();
  return {
    handler(_request, response) {
      if (open.size >= mostListeners) {
        response.status(503).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 1000\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    close() {
      clearInterval(pulse);
      for (const response of open) response.end();
    },
  };
}
