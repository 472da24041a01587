import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Event } from '../dialog/event.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Accepted, Store } from '../store/store.ts';
import { readLineEvent } from './line-event.ts';
import { type Redact, masked } from './mask.ts';
import { plain } from './plain.ts';
import { readBody } from './read-body.ts';
import { isSigned } from './signature.ts';
import { translate } from './translate.ts';
import { createTroubleLog } from './trouble-log.ts';

export type WebhookOptions = {
  channelSecrets: readonly string[];
  store: Pick<Store, 'accept'>;
  redact: Redact;
  log: Log;
  metrics: Metrics;
  /** ms since 1970. */
  clock: () => number;
};

const mostBytes = 1024 * 1024;

/**
 * `POST /webhook`: 200 once every event is durably stored; 503 when the store cannot, so that LINE redelivers.
 * 401 signature, 400 not a JSON object, 413 over 1 MB, 415 compressed, 405 other methods.
 * Without express, whose router and body parser cost as much as all the rest of accepting an event.
 * https://developers.line.biz/en/reference/messaging-api/#webhooks
 */
export function createWebhook(options: WebhookOptions): RequestListener {
  const { channelSecrets, store, metrics, log, clock } = options;
  const trouble = createTroubleLog({ log, clock });
  const read = createReader(options);

  const finish = (res: ServerResponse, status: number, error?: unknown) => {
    metrics.webhookRequests.inc({ status: String(status) });
    if (status !== 200) trouble(status, error);
    plain(res, status);
  };

  const handle = async (req: IncomingMessage, res: ServerResponse) => {
    const stop = metrics.webhookSeconds.startTimer();
    res.once('close', stop);
    const receivedMs = clock();
    const bytes = await readBody(req, mostBytes).catch(() => 400);
    if (typeof bytes === 'number') return finish(res, bytes);
    const signature = String(req.headers['x-line-signature']);
    if (!isSigned(bytes, channelSecrets, signature)) return finish(res, 401);

    const values = eventsOf(bytes);
    if (values === undefined) return finish(res, 400);

    const events = values.flatMap((value) => read(value, receivedMs));
    if (events.length > 0) {
      const kept = events.map(({ event }) => event);
      let accepted: Accepted;
      try {
        accepted = await timed(metrics, () => store.accept(kept));
      } catch (error) {
        return finish(res, 503, error);
      }
      countKept(metrics, events, accepted);
      log.debug(accepted, 'Webhook のイベントを保存しました。');
    }
    finish(res, 200);
  };

  return (req, res) => {
    if (req.method === 'POST') {
      handle(req, res).catch((error: unknown) => finish(res, 500, error));
      return;
    }
    res.setHeader('Allow', 'POST');
    finish(res, 405);
  };
}

type TypedEvent = { type: string; event: Event };

/** From a value of the request to none or one event to keep. One broken event never spoils the others. */
function createReader({ redact, log, metrics }: WebhookOptions) {
  const count = (type: string, outcome: string) => metrics.events.inc({ type, outcome });
  return (value: unknown, receivedMs: number): TypedEvent[] => {
    const line = readLineEvent(value);
    if (line.kind !== 'event') {
      count(line.type, line.kind);
      return [];
    }
    try {
      const event = translate(line.event, receivedMs);
      if (event === undefined) {
        count(line.type, 'ignored');
        return [];
      }
      event.body = masked(event.body, redact);
      return [{ type: line.type, event }];
    } catch (err) {
      // Ours to mend. Refusing the request would only bring the same event again, with its neighbours.
      log.error({ err, type: line.type }, 'イベントを読み取れませんでした（プログラムの不具合）。');
      count(line.type, 'broken');
      return [];
    }
  };
}

/** undefined: not a JSON object. Without a list of events there is nothing to do, which is fine. */
function eventsOf(bytes: Buffer): unknown[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { events } = value as { events?: unknown };
  return Array.isArray(events) ? events : [];
}

/** The store says how many were new, not which: a request that holds both kinds is counted as `mixed`. */
function countKept(metrics: Metrics, events: TypedEvent[], { accepted, duplicates }: Accepted) {
  if (accepted > 0 && duplicates > 0) {
    metrics.events.inc({ type: 'mixed', outcome: 'accepted' }, accepted);
    metrics.events.inc({ type: 'mixed', outcome: 'duplicate' }, duplicates);
    return;
  }
  const outcome = duplicates > 0 ? 'duplicate' : 'accepted';
  for (const { type } of events) metrics.events.inc({ type, outcome });
}

async function timed<T>(metrics: Metrics, work: () => Promise<T>): Promise<T> {
  const stop = metrics.storeSeconds.startTimer({ call: 'accept' });
  try {
    return await work();
  } finally {
    stop();
  }
}
