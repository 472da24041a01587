import { once } from 'node:events';
import { type IncomingMessage, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createSqliteStore } from '../../src/store/sqlite.ts';
import { type AppOptions, createApp } from '../../src/webhook/app.ts';
import { channelSecret, lineEvent, sign, textMessage, userId } from './line-events.ts';

let store: Awaited<ReturnType<typeof createSqliteStore>>;
let metrics: ReturnType<typeof createMetrics>;
let lines: string[];

beforeEach(async () => {
  store = await createSqliteStore({ path: ':memory:' });
  metrics = createMetrics();
  lines = [];
});
afterEach(() => store.close());

function listener(options: Partial<AppOptions> = {}) {
  const destination = { write: (line: string) => void lines.push(line) };
  return createApp({
    channelSecrets: [channelSecret],
    store,
    metrics,
    log: createLog({ level: 'trace', destination }),
    redact: (text) => ({ text: text.replaceAll(/\d{16}/g, '＊'), found: [] }),
    ...options,
  });
}
const app = (options?: Partial<AppOptions>) => supertest(listener(options));

/** Sends these bytes, signed, as LINE does. */
function post(body: string | Buffer, { signature = sign(body), options = {} }: Sending = {}) {
  return app(options)
    .post('/webhook')
    .set('Content-Type', 'application/json; charset=utf-8')
    .set('X-Line-Signature', signature)
    .send(body);
}
type Sending = { signature?: string; options?: Partial<AppOptions> };
const request = (...events: unknown[]) =>
  JSON.stringify({ destination: `U${'b'.repeat(32)}`, events });
const failing = () => {
  throw new Error('a bug');
};
const hello = lineEvent('message', { message: textMessage('こんにちは') });
const waiting = async (owner = userId) => (await store.recall(owner)).waiting;
const counted = async (labels: string) =>
  (await metrics.registry.metrics()).split('\n').find((line) => line.includes(`{${labels}}`));

describe('a signed request', () => {
  it('gets 200 once its events are in the store', async () => {
    const response = await post(request(hello));
    expect(response.status).toBe(200);
    expect(await waiting()).toMatchObject([{ body: { kind: 'text', text: 'こんにちは' } }]);
    expect(await counted('type="message",outcome="accepted"')).toMatch(/ 1$/);
  });

  it('is the one of LINE’s documentation', async () => {
    const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}';
    const signature = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=';
    expect((await post(body, { signature })).status).toBe(200);
  });

  it('may escape its emoji, as LINE does: the bytes are signed, not the meaning', async () => {
    const body = request(lineEvent('message', { message: textMessage('🤨') }));
    const escaped = body.replace('🤨', '\\uD83E\\uDD28');
    expect(escaped).not.toBe(body);
    expect((await post(escaped)).status).toBe(200);
    expect(await waiting()).toMatchObject([{ body: { text: '🤨' } }]);
  });

  it('may be signed with any of the secrets while they are rotated', async () => {
    const options = { channelSecrets: ['new', channelSecret] };
    const body = request(hello);
    expect((await post(body, { options })).status).toBe(200);
    expect((await post(body, { options, signature: sign(body, 'new') })).status).toBe(200);
    expect((await post(body, { options, signature: sign(body, 'other') })).status).toBe(401);
  });

  it('twice is one event', async () => {
    await post(request(hello));
    const again = { ...hello, deliveryContext: { isRedelivery: true } };
    expect((await post(request(again))).status).toBe(200);
    expect(await waiting()).toHaveLength(1);
    expect(await counted('type="message",outcome="duplicate"')).toMatch(/ 1$/);
  });

  it('is counted, with how long it took, and a repeated event beside a new one as such', async () => {
    await post(request(hello));
    await post(request(hello, lineEvent('follow', { webhookEventId: 'next' })));
    expect(await counted('status="200"')).toMatch(/webhook_requests_total\S+ 2$/);
    expect(await metrics.registry.metrics()).toMatch(/^madoguchi_webhook_seconds_count 2$/m);
    expect(await counted('type="mixed",outcome="accepted"')).toMatch(/ 1$/);
    expect(await counted('type="mixed",outcome="duplicate"')).toMatch(/ 1$/);
  });

  it('came when it began to come: its tokens live from then on', async () => {
    let nowMs = 5000;
    const body = request(hello);
    const half = await openRequest(body, { clock: () => nowMs });
    nowMs = 9000;
    half.req.end(body.slice(10));
    await once(half.req, 'response');
    expect(await waiting()).toMatchObject([{ receivedMs: 5000 }]);
  });

  it('with a broken event keeps the others', async () => {
    const next = lineEvent('follow', { webhookEventId: 'next' });
    const body = request(null, { type: 'message' }, hello, lineEvent('teleport', {}), next);
    expect((await post(body)).status).toBe(200);
    expect((await waiting()).map((event) => event.body.kind)).toEqual(['text', 'follow']);
    expect(await counted('type="message",outcome="broken"')).toMatch(/ 1$/);
    expect(await counted('type="unknown",outcome="ignored"')).toMatch(/ 1$/);
  });

  it('has its card numbers masked before anything is stored', async () => {
    const message = textMessage('4111111111111111 です');
    await post(request(lineEvent('message', { message })));
    expect(await waiting()).toMatchObject([{ body: { text: '＊ です' } }]);
    expect((await waiting())[0]?.body).not.toHaveProperty('masked');
  });

  it('says of a text that something was masked in it', async () => {
    const options = { redact: (text: string) => ({ text, found: ['card'] }) };
    await post(request(hello), { options });
    expect(await waiting()).toMatchObject([{ body: { masked: true } }]);
  });

  it('is not stored unmasked when masking fails', async () => {
    const follow = lineEvent('follow', { webhookEventId: 'next' });
    const response = await post(request(hello, follow), { options: { redact: failing } });
    expect(response.status).toBe(200);
    expect(await waiting()).toMatchObject([{ body: { kind: 'follow' } }]);
  });

  it.each(['{}', '{"events":null}', '{"events":{"0":1}}', '{"__proto__":{"events":[1]}}'])(
    '%s holds nothing to do',
    async (body) => {
      expect((await post(body)).status).toBe(200);
    },
  );

  it('leaves no word, id or secret of a user in the log', async () => {
    await post(request(hello));
    await post(request(hello), { signature: sign('something else') });
    await post('{"text":"こんにちは"');
    const broken = { accept: () => Promise.reject(new Error(`lost ${userId}`)) };
    await post(request(hello), { options: { store: { ...store, ...broken } } });
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toMatch(/こんにちは|U10000|nHuyWiB7yP5Z|8c570fa6dd/);
  });
});

/** A signed request of which only the first ten characters have come so far. */
async function openRequest(body: string, options: Partial<AppOptions> = {}) {
  const server = createServer(listener(options)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const headers = { 'x-line-signature': sign(body) };
  const { port } = server.address() as AddressInfo;
  const req = httpRequest({ port, method: 'POST', path: '/webhook', headers });
  req.on('error', () => {});
  req.write(body.slice(0, 10));
  await once(server, 'request');
  return { req };
}

describe('a refused request', () => {
  it('that breaks off is no bug of ours, and stops nothing', async () => {
    const { req } = await openRequest(request(hello));
    req.destroy();
    await expect.poll(() => counted('status="400"')).toMatch(/ 1$/);
    expect(lines.join('')).not.toContain('"error"');
  });

  it('that trips over a bug gets 500, so that LINE brings it again', async () => {
    const log = createLog({ level: 'silent' });
    log.debug = failing;
    expect((await post(request(hello), { options: { log } })).status).toBe(500);
  });

  it.each([
    ['of somebody else', sign(request(hello), 'wrong')],
    ['for another body', sign('{}')],
    ['cut short', sign(request(hello)).slice(0, 40)],
    ['with rubbish inside', sign(request(hello)).replace(/^./, '$&!')],
    ['not in Base64', '<script>alert(1)</script>'],
    ['empty', ''],
  ])('with a signature %s gets 401', async (_name, signature) => {
    const response = await post(request(hello), { signature });
    expect(response.status).toBe(401);
    expect(response.text).toBe('Unauthorized');
    expect(await waiting()).toEqual([]);
  });

  it('without a signature gets 401, with or without a body', async () => {
    expect((await app().post('/webhook').send(request(hello))).status).toBe(401);
    expect((await app().post('/webhook')).status).toBe(401);
  });

  it.each(['', 'ひみつ', '[]', 'null', '"text"', '5', '{"events":['])(
    'that is signed and no JSON object gets 400: %j',
    async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect(response.text).toBe('Bad Request');
    },
  );

  it('over 1 MB gets 413', async () => {
    const response = await post(request({ padding: 'x'.repeat(1024 * 1024) }));
    expect(response.status).toBe(413);
    expect(response.text).toBe('Payload Too Large');
  });

  it('over 1 MB that did not say so gets 413, too', async () => {
    const body = request({ padding: 'x'.repeat(1024 * 1024) });
    const { req } = await openRequest(body);
    req.end(body.slice(10));
    const [response] = (await once(req, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
  });

  it('just under 1 MB is read', async () => {
    expect((await post(request({ padding: 'x'.repeat(1024 * 1024 - 200) }))).status).toBe(200);
  });

  it('that is compressed gets 415: LINE never does that, and it could be a bomb', async () => {
    const response = await post(gzipSync(request(hello))).set('Content-Encoding', 'gzip');
    expect(response.status).toBe(415);
  });

  it.each(['get', 'put', 'delete', 'patch', 'options', 'head'] as const)(
    'by %s gets 405 and is told what is allowed',
    async (method) => {
      const response = await app()[method]('/webhook');
      expect(response.status).toBe(405);
      expect(response.headers['allow']).toBe('POST');
    },
  );

  it('is logged with a remedy, but a flood of them is not', async () => {
    let nowMs = 0;
    const bot = app({ clock: () => nowMs });
    for (let n = 0; n < 5; n += 1) await bot.post('/webhook').send('x');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('LINE_CHANNEL_SECRET');
    nowMs = 60_000;
    await bot.post('/webhook').send('x');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ status: 401, unsaid: 4 });
  });
});

describe('a store in trouble', () => {
  it('means 503, so that LINE brings the events again', async () => {
    await store.close();
    const response = await post(request(hello));
    expect(response.status).toBe(503);
    expect(response.text).toBe('Service Unavailable');
    store = await createSqliteStore({ path: ':memory:' });
    expect((await post(request(hello))).status).toBe(200);
  });

  it('does not matter to a request that brings nothing to keep', async () => {
    await store.close();
    expect((await post(request())).status).toBe(200);
    store = await createSqliteStore({ path: ':memory:' });
  });
});
