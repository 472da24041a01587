import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';

export type Delivery = {
  /** HTTP status of the bot; 0: no answer (refused, reset, too late). */
  status: number;
  ms: number;
};

/** Signed POSTs to the bot's webhook URL. */
export function createWebhook(options: {
  channelSecret: string;
  destination: string;
  /** LINE gives up after 2 s. Coarse to about 1 s: undici's timers are. */
  timeoutMs: number;
}): {
  post(url: string, events: readonly unknown[]): Promise<Delivery>;
  close(): Promise<void>;
} {
  const { channelSecret, destination, timeoutMs } = options;
  const agent = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
    connections: 256,
  });
  return {
    async post(url, events) {
      const body = Buffer.from(asciiAsLine(JSON.stringify({ destination, events })));
      const signature = createHmac('sha256', channelSecret).update(body).digest('base64');
      const started = performance.now();
      let status = 0;
      try {
        const response = await request(url, {
          dispatcher: agent,
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'x-line-signature': signature,
            'user-agent': 'LineBotWebhook/2.0',
          },
          body,
        });
        status = response.statusCode;
        await response.body.dump();
      } catch {
        status = 0;
      }
      return { status, ms: performance.now() - started };
    },
    close: () => agent.destroy(),
  };
}

/** LINE writes emoji as escapes, so a bot that signs its re-serialised JSON fails here as it would there. */
function asciiAsLine(json: string): string {
  return json.replaceAll(
    /[\uD800-\uDFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
