import { randomUUID } from 'node:crypto';
import { HTTPFetchError, messagingApi, validateSignature } from '@line/bot-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeLine, type FakeLine, type FakeLineOptions } from '../../src/simulator/line.ts';
import { openBotEnd } from './bot-end.ts';

const secret = '8c570fa6dd201bb328f1c1eac23a96d8';
const token = 'an-access-token';
const user = `U${'1'.repeat(32)}`;
const stranger = `U${'9'.repeat(32)}`;
const hello = { type: 'text' as const, text: 'こんにちは' };
const minute = 60_000;

let now: number;
let bot: Awaited<ReturnType<typeof openBotEnd>>;
let line: FakeLine;
let baseUrl: string;
let client: messagingApi.MessagingApiClient;

async function start(options: Partial<FakeLineOptions> = {}): Promise<void> {
  line = createFakeLine({
    clock: () => now,
    channelSecret: secret,
    accessToken: token,
    webhookUrl: bot.url,
    redelivery: { times: 2, afterMs: 1 },
    ...options,
  });
  baseUrl = await line.listen();
  client = new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL: baseUrl });
}

/** What LINE answered to a call that failed. */
async function refusal(
  call: Promise<unknown>,
): Promise<{ status: number; body: { message: string; details?: unknown }; headers: Headers }> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HTTPFetchError))
    throw new Error('the call was not refused', { cause: error });
  return {
    status: error.status,
    body: JSON.parse(error.body) as { message: string },
    headers: error.headers,
  };
}

/** A live reply token, as a text message brings it. */
async function freshToken(): Promise<string> {
  const { replyToken } = await line.emit(user, { kind: 'text', text: '届かない' });
  return replyToken ?? '';
}

function raw(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return fetch(baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 3, 0);
  bot = await openBotEnd();
  await start();
});

afterEach(async () => {
  await line.close();
  await bot.close();
});

describe('webhook events', () => {
  it('are signed over the raw bytes, in the form LINE sends them', async () => {
    const emitted = await line.emit(user, { kind: 'text', text: '荷物が😢来ない' });
    const [request] = bot.received;
    const signature = String(request?.headers['x-line-signature']);
    expect(validateSignature(request?.raw ?? '', secret, signature)).toBe(true);
    expect(request?.raw.toString()).toContain(String.raw`\uD83D\uDE22`);
    expect(request?.events).toEqual([
      expect.objectContaining({
        type: 'message',
        mode: 'active',
        timestamp: now,
        source: { type: 'user', userId: user },
        webhookEventId: emitted.eventId,
        replyToken: emitted.replyToken,
        deliveryContext: { isRedelivery: false },
        message: expect.objectContaining({ type: 'text', text: '荷物が😢来ない' }),
      }),
    ]);
    expect(emitted.eventId).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(emitted.deliveries).toEqual([expect.objectContaining({ status: 200 })]);
  });

  it('carry a reply token only where LINE gives one', async () => {
    await line.emit(user, { kind: 'follow' });
    await line.emit(user, {
      kind: 'postback',
      data: 'd',
      params: { datetime: '2026-11-22T10:00' },
    });
    await line.emit(user, { kind: 'media', media: 'sticker' });
    await line.emit(user, { kind: 'unfollow' });
    await line.emit(user, { kind: 'unsend', messageId: '1' });
    await line.emit(user, { kind: 'text', text: 'a' }, { mode: 'standby' });
    const events = bot.received.flatMap((request) => request.events);
    expect(events.map((event) => [event.type, event.replyToken !== undefined])).toEqual([
      ['follow', true],
      ['postback', true],
      ['message', true],
      ['unfollow', false],
      ['unsend', false],
      ['message', false],
    ]);
    expect(events[1]).toMatchObject({
      postback: { data: 'd', params: { datetime: '2026-11-22T10:00' } },
    });
  });

  it('come from a group with its id', async () => {
    const groupId = `C${'2'.repeat(32)}`;
    await line.emit(user, { kind: 'join' }, { groupId });
    expect(bot.received[0]?.events[0]?.source).toEqual({ type: 'group', groupId, userId: user });
  });

  it('are delivered again, marked as such, until the bot takes them', async () => {
    bot.answers.push(503, 500);
    const { eventId, replyToken } = await line.emit(user, { kind: 'text', text: 'a' });
    await line.idle();
    const events = bot.received.flatMap((request) => request.events);
    expect(events.map((event) => event.deliveryContext.isRedelivery)).toEqual([false, true, true]);
    expect(new Set(events.map((event) => event.webhookEventId))).toEqual(new Set([eventId]));
    expect(new Set(events.map((event) => event.replyToken))).toEqual(new Set([replyToken]));
  });

  it('are given up after the agreed number of tries', async () => {
    bot.answers.push(503, 503, 503, 503);
    await line.emit(user, { kind: 'text', text: 'a' });
    await line.idle();
    expect(bot.received).toHaveLength(3);
  });

  it('come twice when the network doubles them', async () => {
    line.duplicateNext(1);
    const { eventId } = await line.emit(user, { kind: 'text', text: 'a' });
    await line.emit(user, { kind: 'text', text: 'b' });
    const ids = bot.received.flatMap((request) => request.events.map((one) => one.webhookEventId));
    expect(ids.filter((id) => id === eventId)).toHaveLength(2);
    expect(ids).toHaveLength(3);
  });

  it('are counted as not delivered when the bot is not there', async () => {
    line.setWebhookUrl('http://127.0.0.1:1/webhook');
    const { deliveries } = await line.emit(user, { kind: 'text', text: 'a' });
    expect(deliveries[0]?.status).toBe(0);
  });
});

describe('reply', () => {
  it('brings the messages to the chat of the token, free of charge', async () => {
    const { replyToken = '', eventId } = await line.emit(user, { kind: 'text', text: 'a' });
    const result = await client.replyMessageWithHttpInfo({ replyToken, messages: [hello, hello] });
    expect(result.body.sentMessages).toHaveLength(2);
    expect(result.httpResponse.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(line.sent()).toEqual([
      expect.objectContaining({
        to: user,
        by: 'reply',
        eventId,
        messages: [hello, hello],
        atMs: now,
      }),
    ]);
    expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 0 });
  });

  it('takes each token once', async () => {
    const replyToken = await freshToken();
    await client.replyMessage({ replyToken, messages: [hello] });
    const second = await refusal(client.replyMessage({ replyToken, messages: [hello] }));
    expect([second.status, second.body]).toEqual([400, { message: 'Invalid reply token' }]);
    expect(line.sent()).toHaveLength(1);
  });

  it('takes a token for a minute and not longer', async () => {
    const early = await freshToken();
    const late = await freshToken();
    now += minute;
    await client.replyMessage({ replyToken: early, messages: [hello] });
    now += 1;
    const { body } = await refusal(client.replyMessage({ replyToken: late, messages: [hello] }));
    expect(body.message).toBe('Invalid reply token');
  });

  it('gives a redelivered event another minute, but never after twenty', async () => {
    const first = await line.emit(user, { kind: 'text', text: 'a' });
    const second = await line.emit(user, { kind: 'text', text: 'b' });
    now += 10 * minute;
    // Other people write meanwhile.
    await line.emit(user, { kind: 'text', text: 'c' });
    await line.redeliver(first.eventId);
    now += minute;
    await client.replyMessage({ replyToken: first.replyToken ?? '', messages: [hello] });
    now += 10 * minute;
    await line.redeliver(second.eventId);
    const late = await refusal(
      client.replyMessage({ replyToken: second.replyToken ?? '', messages: [hello] }),
    );
    expect(late.body.message).toBe('Invalid reply token');
  });

  it('does not know made-up tokens', async () => {
    const { body } = await refusal(client.replyMessage({ replyToken: 'x', messages: [hello] }));
    expect(body.message).toBe('Invalid reply token');
  });

  it('refuses a retry key', async () => {
    const body = { replyToken: await freshToken(), messages: [hello] };
    const response = await raw('POST', '/v2/bot/message/reply', body, {
      'x-line-retry-key': randomUUID(),
    });
    expect(response.status).toBe(400);
    expect(line.sent()).toEqual([]);
  });

  it('takes one to five messages', async () => {
    const replyToken = await freshToken();
    const none = await refusal(client.replyMessage({ replyToken, messages: [] }));
    const six = await refusal(
      client.replyMessage({ replyToken, messages: Array.from({ length: 6 }, () => hello) }),
    );
    expect(none.body.message).toBe('The request body has 1 error(s)');
    expect(six.body.details).toEqual([
      { message: 'Size must be between 1 and 5', property: 'messages' },
    ]);
    await client.replyMessage({ replyToken, messages: Array.from({ length: 5 }, () => hello) });
  });
});

describe('push', () => {
  beforeEach(() => void line.people.meet(user));

  it('counts one per recipient, whatever the number of messages', async () => {
    await client.pushMessage({ to: user, messages: [hello, hello] });
    expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 1 });
    expect(await client.getMessageQuota()).toEqual({ type: 'limited', value: 200 });
  });

  it('ends at the monthly limit and goes on in the next month of Japan', async () => {
    line.quota.limit = 1;
    await client.pushMessage({ to: user, messages: [hello] });
    const gone = await refusal(client.pushMessage({ to: user, messages: [hello] }));
    expect([gone.status, gone.body]).toEqual([
      429,
      { message: 'You have reached your monthly limit.' },
    ]);
    now = Date.UTC(2026, 10, 30, 15, 0);
    await client.pushMessage({ to: user, messages: [hello] });
    expect(line.quota.used()).toBe(1);
  });

  it('is sent once per retry key, for 24 hours', async () => {
    const key = randomUUID();
    const first = await client.pushMessageWithHttpInfo({ to: user, messages: [hello] }, key);
    const again = await refusal(client.pushMessage({ to: user, messages: [hello] }, key));
    expect(again.status).toBe(409);
    expect(again.body).toEqual({
      message: 'The retry key is already accepted',
      sentMessages: first.body.sentMessages,
    });
    expect(again.headers.get('x-line-accepted-request-id')).toBe(
      first.httpResponse.headers.get('x-line-request-id'),
    );
    expect(line.sent()).toHaveLength(1);
    now += 24 * 60 * minute;
    await client.pushMessage({ to: user, messages: [hello] }, key);
    expect(line.sent()).toHaveLength(2);
  });

  it('forgets a retry key whose call was refused', async () => {
    const key = randomUUID();
    line.quota.limit = 0;
    await refusal(client.pushMessage({ to: user, messages: [hello] }, key));
    line.quota.limit = 1;
    await client.pushMessage({ to: user, messages: [hello] }, key);
    expect(line.sent()).toHaveLength(1);
  });

  it('wants a UUID as the retry key', async () => {
    const bad = await refusal(client.pushMessage({ to: user, messages: [hello] }, 'again'));
    expect(bad.status).toBe(400);
  });

  it('is accepted but goes nowhere, uncounted, when the user has blocked the account', async () => {
    await line.block(user);
    await client.pushMessage({ to: user, messages: [hello] });
    expect(line.sent()).toEqual([expect.objectContaining({ to: user, delivered: false })]);
    expect(line.quota.used()).toBe(0);
    await line.unblock(user);
    const event = bot.received.at(-1)?.events[0];
    expect(event).toMatchObject({ type: 'follow', follow: { isUnblocked: true } });
  });

  it('fails for somebody who is not there', async () => {
    const bad = await refusal(client.pushMessage({ to: stranger, messages: [hello] }));
    expect([bad.status, bad.body]).toEqual([400, { message: 'Failed to send messages' }]);
  });
});

describe('the other endpoints', () => {
  it('know the profile of a friend and of nobody else', async () => {
    line.people.meet(user, '花子');
    expect(await client.getProfile(user)).toMatchObject({ userId: user, displayName: '花子' });
    expect((await refusal(client.getProfile(stranger))).status).toBe(404);
    await line.block(user);
    expect((await refusal(client.getProfile(user))).status).toBe(404);
  });

  it('set, show and test the webhook address', async () => {
    expect(await client.getWebhookEndpoint()).toEqual({ endpoint: bot.url, active: true });
    expect(await client.testWebhookEndpoint({})).toMatchObject({ success: true, statusCode: 200 });
    expect(bot.received[0]?.events).toEqual([]);
    const bad = await refusal(client.setWebhookEndpoint({ endpoint: 'ftp://example.com' }));
    expect(bad.status).toBe(400);
    await client.setWebhookEndpoint({ endpoint: 'http://127.0.0.1:1/webhook' });
    expect(await client.testWebhookEndpoint({})).toMatchObject({
      success: false,
      reason: 'COULD_NOT_CONNECT',
    });
  });

  it('start the loading animation of one-to-one chats', async () => {
    const answer = await client.showLoadingAnimationWithHttpInfo({
      chatId: user,
      loadingSeconds: 5,
    });
    expect(answer.httpResponse.status).toBe(202);
    const group = await refusal(client.showLoadingAnimation({ chatId: `C${'1'.repeat(32)}` }));
    expect(group.status).toBe(400);
  });

  it('tell who the bot is', async () => {
    expect((await client.getBotInfo()).userId).toMatch(/^U[0-9a-f]{32}$/);
  });

  it('refuse a wrong token, an unknown path, a body that is no JSON or too large', async () => {
    const wrong = new messagingApi.MessagingApiClient({
      channelAccessToken: 'x',
      baseURL: baseUrl,
    });
    const refused = await refusal(wrong.getBotInfo());
    expect(refused.status).toBe(401);
    expect(refused.body.message).toMatch(/^Authentication failed due to the following reason: /);
    expect(refused.headers.get('x-line-request-id')).toBeTruthy();
    expect((await raw('GET', '/v2/bot/nothing')).status).toBe(404);
    expect((await raw('GET', '/v2/bot/message/reply')).status).toBe(404);
    expect((await raw('POST', '/v2/bot/message/push', '{')).status).toBe(400);
    const large = JSON.stringify({ to: user, messages: [], filler: 'x'.repeat(2 * 1024 * 1024) });
    expect((await raw('POST', '/v2/bot/message/push', large)).status).toBe(413);
    const type = { 'content-type': 'text/plain' };
    expect((await raw('POST', '/v2/bot/message/push', '{}', type)).status).toBe(415);
  });

  it('limit the calls of each endpoint a second', async () => {
    await line.close();
    await start({ ratePerSecond: 3 });
    for (let call = 0; call < 3; call += 1) await client.getBotInfo();
    const refused = await refusal(client.getBotInfo());
    expect([refused.status, refused.body.message]).toEqual([
      429,
      'The API rate limit has been exceeded. Try again later.',
    ]);
    await client.getMessageQuota();
    now += 1000;
    await client.getBotInfo();
  });
});

async function reply(): Promise<void> {
  await client.replyMessage({ replyToken: await freshToken(), messages: [hello] });
}

describe('faults', () => {
  it('strike as many calls as asked, and then no more', async () => {
    line.faults.add({ kind: 'error', on: 'reply', times: 2 });
    expect((await refusal(reply())).status).toBe(500);
    await client.getBotInfo();
    expect((await refusal(reply())).status).toBe(500);
    await reply();
    expect(line.sent()).toHaveLength(1);
  });

  it('can lose the answer of a call that was carried out', async () => {
    line.faults.add({ kind: 'reset', on: 'reply', times: 1, delivered: true });
    const replyToken = await freshToken();
    await expect(client.replyMessage({ replyToken, messages: [hello] })).rejects.toThrow(
      'fetch failed',
    );
    expect(line.sent()).toHaveLength(1);
    const again = await refusal(client.replyMessage({ replyToken, messages: [hello] }));
    expect(again.body.message).toBe('Invalid reply token');
  });

  it('leave the token alive when the call was not carried out', async () => {
    line.faults.add({ kind: 'reset', times: 1 });
    const replyToken = await freshToken();
    await expect(client.replyMessage({ replyToken, messages: [hello] })).rejects.toThrow(
      'fetch failed',
    );
    await client.replyMessage({ replyToken, messages: [hello] });
    expect(line.sent()).toHaveLength(1);
  });

  it.each([
    ['rate', 429, 'The API rate limit has been exceeded. Try again later.'],
    ['quota', 429, 'You have reached your monthly limit.'],
    ['unauthorized', 401, /^Authentication failed/],
  ] as const)('%s', async (kind, status, message) => {
    line.faults.add({ kind, times: 1 });
    const refused = await refusal(reply());
    expect(refused.status).toBe(status);
    expect(refused.body.message).toMatch(message);
    expect(line.calls(1)).toEqual([expect.objectContaining({ fault: kind, status })]);
  });

  it('answer with something that is no JSON', async () => {
    line.faults.add({ kind: 'garbage', times: 1 });
    await expect(reply()).rejects.toThrow(SyntaxError);
  });

  it('hang and then cut the line; or answer late', async () => {
    line.faults.add({ kind: 'hang', ms: 20, times: 1 });
    await expect(client.getBotInfo()).rejects.toThrow('fetch failed');
    line.faults.add({ kind: 'slow', ms: 20, times: 1 });
    expect(await client.getBotInfo()).toHaveProperty('userId');
  });

  it('expire tokens at will', async () => {
    const replyToken = await freshToken();
    line.expireTokens(user);
    const refused = await refusal(client.replyMessage({ replyToken, messages: [hello] }));
    expect(refused.body.message).toBe('Invalid reply token');
  });
});

describe('the logs', () => {
  it('are bounded and count what they forgot', async () => {
    await line.close();
    await start({ keep: 3 });
    for (let index = 0; index < 10; index += 1)
      await line.emit(user, { kind: 'text', text: `${index}` });
    expect(line.events()).toHaveLength(3);
    expect(line.events().at(-1)?.event).toMatchObject({ message: { text: '9' } });
    expect(line.totals().events).toBe(10);
  });

  it('hold no contents when they are slim', async () => {
    await line.close();
    await start({ slim: true });
    await client.replyMessage({ replyToken: await freshToken(), messages: [hello] });
    expect(JSON.stringify([line.sent(), line.calls()])).not.toContain('こんにちは');
    expect(line.sent()[0]).toMatchObject({ count: 1, by: 'reply' });
  });
});
