import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event as eventShape } from '../../src/dialog/event.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { redact } from '../../src/safety/redact.ts';
import { createSqliteStore } from '../../src/store/sqlite.ts';
import { createApp } from '../../src/webhook/app.ts';
import { readLineEvent } from '../../src/webhook/line-event.ts';
import { isSigned } from '../../src/webhook/signature.ts';
import { translate } from '../../src/webhook/translate.ts';
import { PATIENCE_MS, anyText, dirtyPrototypes, times, treacherous } from './fuzz.ts';

const SECRET = 'fuzz-secret';
const sign = (body: Buffer) => createHmac('sha256', SECRET).update(body).digest('base64');

const junk = fc.oneof(fc.jsonValue({ maxDepth: 3 }), treacherous, anyText);

/** An event of LINE in which any part may be missing, of another kind, or too much. */
const lineEvent = fc
  .record(
    {
      type: fc.oneof(
        fc.constantFrom('message', 'postback', 'follow', 'unfollow', 'unsend', 'join', 'leave'),
        junk,
      ),
      webhookEventId: fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.constant('01FUZZ')),
      timestamp: fc.oneof(fc.nat(), fc.double(), junk),
      mode: fc.oneof(fc.constantFrom('active', 'standby'), junk),
      replyToken: fc.oneof(fc.string(), junk),
      source: fc.oneof(
        fc.record({ type: fc.constant('user'), userId: fc.constant(`U${'0a'.repeat(16)}`) }),
        fc.record({ type: fc.constant('group'), groupId: fc.constant(`C${'0b'.repeat(16)}`) }),
        junk,
      ),
      message: fc.oneof(
        fc.record({ id: fc.string({ minLength: 1 }), type: fc.constant('text'), text: anyText }),
        fc.record({ id: fc.constant('1'), type: fc.constantFrom('sticker', 'image', 'new') }),
        junk,
      ),
      postback: fc.oneof(fc.record({ data: anyText, params: junk }), junk),
      unsend: fc.oneof(fc.record({ messageId: anyText }), junk),
      follow: junk,
      __extra: junk,
    },
    { requiredKeys: [] },
  )
  .map((value): unknown => value);

describe('whatever is posted to the webhook', () => {
  const store = createSqliteStore({ path: ':memory:' });
  let server: Server;
  let url = '';

  beforeAll(async () => {
    const app = createApp({
      channelSecrets: [SECRET],
      store,
      redact,
      log: createLog({ level: 'silent' }),
      metrics: createMetrics(),
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await store.close();
  });

  const post = (body: Buffer, signature: string) =>
    fetch(url, {
      method: 'POST',
      body: Uint8Array.from(body),
      headers: { 'x-line-signature': signature },
    });

  test(
    'unsigned or wrongly signed bytes are refused with 401',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ maxLength: 300 }),
          fc.string({ unit: 'binary-ascii', maxLength: 60 }),
          async (bytes, signature) => {
            const header = signature.replace(/[^!-~]/g, '!');
            const answer = await post(Buffer.from(bytes), header);
            await answer.arrayBuffer();
            expect(answer.status).toBe(401);
          },
        ),
        times(150),
      );
    },
    PATIENCE_MS,
  );

  test(
    'signed JSON of any shape is taken or refused, and never a fault of ours',
    async () => {
      const bodies = fc.oneof(
        fc.record({ destination: junk, events: fc.array(lineEvent, { maxLength: 4 }) }),
        fc.record({ events: junk }),
        junk,
      );
      await fc.assert(
        fc.asyncProperty(bodies, async (value) => {
          const body = Buffer.from(JSON.stringify(value) ?? '');
          const answer = await post(body, sign(body));
          await answer.arrayBuffer();
          expect([200, 400]).toContain(answer.status);
        }),
        times(250),
      );
      expect(dirtyPrototypes()).toEqual([]);
    },
    PATIENCE_MS,
  );

  test(
    'signed bytes that are no JSON are refused with 400',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
          const body = Buffer.concat([Buffer.from('{'), bytes, Buffer.from('\u0001')]);
          const answer = await post(body, sign(body));
          await answer.arrayBuffer();
          expect(answer.status).toBe(400);
        }),
        times(100),
      );
    },
    PATIENCE_MS,
  );
});

test(
  'an event of any shape is ignored, broken, or becomes one that fits the dialog',
  () => {
    fc.assert(
      fc.property(fc.oneof(lineEvent, junk), (value) => {
        const read = readLineEvent(value);
        const event = read.kind === 'event' ? translate(read.event, 1_790_000_000_000) : undefined;
        return event === undefined || eventShape.safeParse(event).success;
      }),
      times(3000),
    );
    expect(dirtyPrototypes()).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'no text passes for a signature but the right one',
  () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), anyText, (bytes, signature) => {
        const body = Buffer.from(bytes);
        const right = sign(body);
        expect(isSigned(body, ['other', SECRET], right)).toBe(true);
        expect(isSigned(body, [SECRET], signature)).toBe(false);
        expect(isSigned(body, [SECRET], `${right} `)).toBe(false);
        expect(isSigned(Buffer.concat([body, Buffer.from('x')]), [SECRET], right)).toBe(false);
      }),
      times(2000),
    );
  },
  PATIENCE_MS,
);
