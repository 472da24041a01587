import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LineClientOptions, createLineClient } from '../../src/line/client.ts';
import { exchange } from '../../src/line/exchange.ts';
import { retryKey } from '../../src/line/retry-key.ts';
import { startSmallLine } from './small-line.ts';

const hana = `U1${'0'.repeat(31)}`;
const hello = [{ type: 'text' as const, text: 'こんにちは' }];
const key = retryKey('event-1');
const json = (message: string) => JSON.stringify({ message });

let line: Awaited<ReturnType<typeof startSmallLine>>;
let closers: (() => Promise<unknown>)[];

beforeEach(async () => {
  line = await startSmallLine();
  closers = [line.close];
});
afterEach(async () => {
  for (const close of closers.toReversed()) await close();
});

function client(options: Partial<LineClientOptions> = {}) {
  const made = createLineClient({ baseUrl: line.url, accessToken: 'good-token', ...options });
  closers.push(made.close);
  return made;
}

describe('a reply', () => {
  it('is sent once per token, as JSON, with the token of the channel and no retry key', async () => {
    line.tokens.set('token', hana);
    const { reply } = client();

    expect(await reply('token', hello)).toEqual({ kind: 'sent', requestId: 'request-1' });
    expect(await reply('token', hello)).toMatchObject({ kind: 'invalidToken' });
    expect(line.said).toEqual([{ to: hana, messages: hello }]);
    expect(line.calls[0]?.headers).toMatchObject({
      authorization: 'Bearer good-token',
      'content-type': 'application/json',
    });
    expect(line.calls[0]?.headers).not.toHaveProperty('x-line-retry-key');
  });

  it('counts as sent when LINE says 200 and the body is rubbish', async () => {
    line.tokens.set('token', hana);
    line.mishaps.push('done, then garbage');
    expect(await client().reply('token', hello)).toMatchObject({ kind: 'sent' });
  });

  it.each(['done, then half an answer', 'done, then half an answer and silence'] as const)(
    'counts as sent by its status: %s',
    async (mishap) => {
      line.tokens.set('token', hana);
      line.mishaps.push(mishap);
      const { reply } = client({ totalTimeoutMs: 150 });
      expect(await reply('token', hello)).toEqual({ kind: 'sent', requestId: 'request-1' });
      // The connection is gone with the rest of the answer.
      expect(await reply('token', hello)).toMatchObject({ kind: 'invalidToken' });
    },
  );

  it('that is refused with half an answer may have been sent', async () => {
    const { reply } = client({ totalTimeoutMs: 150 });
    line.mishaps.push('done, then half an answer', 'done, then half an answer and silence');
    expect(await reply('none', hello)).toMatchObject({ kind: 'unavailable', ambiguous: true });
    expect(await reply('none', hello)).toMatchObject({ kind: 'unavailable', cause: 'timeout' });
  });

  it('after the end is told that there is no way', async () => {
    const { reply, close } = client();
    await close();
    expect(await reply('token', hello)).toMatchObject({ kind: 'unavailable' });
    expect(line.calls).toEqual([]);
  });
});

describe('a push', () => {
  it('with a retry key that LINE knows is said to be sent already', async () => {
    const { push } = client();
    expect(await push(hana, hello, key)).toMatchObject({ kind: 'sent' });
    expect(await push(hana, hello, key)).toMatchObject({ kind: 'alreadySent' });
    expect(line.said).toHaveLength(1);
    expect(line.calls[0]?.headers['x-line-retry-key']).toBe(key);
  });

  it('to something that is no LINE id is not even tried', async () => {
    const { push, profile } = client();
    expect(await push('../quota', hello, key)).toEqual({ kind: 'unknownRecipient' });
    expect(await profile(`${hana}/../..`)).toEqual({ kind: 'unknownRecipient' });
    expect(line.calls).toEqual([]);
  });
});

describe('what LINE says no with', () => {
  it.each([
    [400, json('Invalid reply token'), { kind: 'invalidToken' }],
    [400, json('Failed to send messages'), { kind: 'unknownRecipient' }],
    [400, '<html>bad</html>', { kind: 'unavailable', ambiguous: true }],
    [401, json('Authentication failed'), { kind: 'unauthorized' }],
    [403, json('Access to this API is not available for your account'), { kind: 'forbidden' }],
    [404, json('Not found'), { kind: 'rejected', status: 404 }],
    [413, '', { kind: 'rejected', status: 413 }],
    [429, json('The API rate limit has been exceeded. Try again later.'), { kind: 'rateLimited' }],
    [429, json('You have reached your monthly limit.'), { kind: 'quotaExhausted' }],
    [429, 'something else', { kind: 'rateLimited' }],
    [302, '', { kind: 'unavailable', ambiguous: true, cause: 'http 302' }],
    [500, '<html>', { kind: 'unavailable', ambiguous: true, cause: 'http 500' }],
    [503, json('x'), { kind: 'unavailable', ambiguous: true, cause: 'http 503' }],
  ])('%i %s', async (status, body, outcome) => {
    line.mishaps.push({ answer: status, body });
    expect(await client().push(hana, hello, key)).toMatchObject(outcome);
  });

  it('is fit for the log: where it went wrong, without what was sent', async () => {
    line.refusedTypes.add('text');
    const outcome = await client().push(hana, hello, key);
    expect(outcome).toEqual({
      kind: 'rejected',
      status: 400,
      requestId: 'request-1',
      message: 'A message (messages[0]) in the request body is invalid',
      details: [{ property: '/footer/contents/2', message: 'invalid uri … …' }],
    });
  });

  it('is bounded, however much LINE sends', async () => {
    const details = Array.from({ length: 500 }, () => ({ property: 'x'.repeat(90), message: 'y' }));
    line.mishaps.push({ answer: 400, body: JSON.stringify({ message: 'm'.repeat(900), details }) });
    const outcome = await client().push(hana, hello, key);
    expect(outcome).toMatchObject({ kind: 'rejected', message: 'm'.repeat(200) });
    expect(outcome.kind === 'rejected' && outcome.details).toHaveLength(10);

    line.mishaps.push({ answer: 400, body: ' '.repeat(1_000_000) });
    expect(await client().push(hana, hello, key)).toMatchObject({ kind: 'unavailable' });
  });
});

describe('when LINE cannot be reached', () => {
  it('a refused connection is certainly not sent', async () => {
    const port = await freePort();
    const { reply } = client({ baseUrl: `http://127.0.0.1:${port}` });
    expect(await reply('token', hello)).toEqual({
      kind: 'unavailable',
      ambiguous: false,
      cause: 'ECONNREFUSED',
    });
  });

  it('a reset and a timeout may have been sent', async () => {
    const { push } = client({ totalTimeoutMs: 150 });
    line.mishaps.push('done, then reset');
    expect(await push(hana, hello, key)).toMatchObject({ kind: 'unavailable', ambiguous: true });
    line.mishaps.push('done, then silence');
    expect(await push(hana, hello, retryKey('event-2'))).toEqual({
      kind: 'unavailable',
      ambiguous: true,
      cause: 'timeout',
    });
    expect(line.said).toHaveLength(2);
  });

  it('a call that took too long gives its connection up', async () => {
    const { push } = client({ connections: 1, totalTimeoutMs: 300 });
    line.mishaps.push('done, then silence');
    expect(await push(hana, hello, key)).toMatchObject({ cause: 'timeout' });
    expect(await push(hana, hello, retryKey('event-2'))).toMatchObject({ kind: 'sent' });
  });

  it('a call whose time was over before there was a connection is not made after all', async () => {
    const { dispatcher, begin } = lateDispatcher();
    const request = { origin: line.url, path: '/', method: 'POST' } as const;
    expect(await exchange(dispatcher, request, { withinMs: 20 })).toMatchObject({
      kind: 'unavailable',
      cause: 'timeout',
    });
    expect(begin()).toBe('aborted');
  });

  it('goes on afterwards', async () => {
    const { push } = client();
    line.mishaps.push('reset');
    expect(await push(hana, hello, key)).toMatchObject({ kind: 'unavailable' });
    expect(await push(hana, hello, key)).toMatchObject({ kind: 'sent' });
  });
});

describe('calls side by side', () => {
  it('wait for none of each other, as many as a worker makes: 200 replies, 32 reminders, two questions', async () => {
    line.tokens.set('a', hana);
    const { reply, push } = client({ totalTimeoutMs: 5000 });
    line.mishaps.push(...Array.from({ length: 233 }, () => 'done, then silence' as const));
    const others = Array.from({ length: 233 }, (_, i) => push(hana, hello, retryKey(`event-${i}`)));
    await expect.poll(() => line.calls.length).toBe(233);
    expect(await reply('a', hello)).toMatchObject({ kind: 'sent' });
    await line.close();
    await Promise.all(others);
  });

  it('wait when they are more, and all are made', async () => {
    line.tokens.set('a', hana);
    const { reply, push } = client({ connections: 1 });
    await Promise.all([
      push(hana, hello, retryKey('1')),
      push(hana, hello, retryKey('2')),
      reply('a', hello),
    ]);
    expect(line.said).toHaveLength(3);
  });
});

describe('questions', () => {
  it('quota, consumption, profile and the bot itself', async () => {
    const { quota, consumption, profile, botInfo } = client();
    expect(await quota()).toMatchObject({ kind: 'ok', value: { type: 'limited', value: 200 } });
    expect(await consumption()).toMatchObject({ kind: 'ok', value: { totalUsage: 57 } });
    expect(await profile(hana)).toMatchObject({ kind: 'ok', value: { displayName: 'はな' } });
    expect(await profile(`U2${'0'.repeat(31)}`)).toMatchObject({ kind: 'unknownRecipient' });
    expect(await botInfo()).toMatchObject({ kind: 'ok', value: { basicId: '@madoguchi' } });
  });

  it.each([
    ['makes no sense', 200, '{"value":"many"}'],
    ['does not end', 200, `{"type":"none"}${' '.repeat(100_000)}`],
    ['is that of a call that was made before', 409, json('already accepted')],
    ['is a time limit of theirs', 408, json('timeout')],
  ])('an answer that %s is no answer', async (_name, answer, body) => {
    line.mishaps.push({ answer, body });
    expect(await client().quota()).toMatchObject({ kind: 'unavailable', ambiguous: true });
  });

  it('a base URL with a path keeps it', async () => {
    await client({ baseUrl: `${line.url}/fake/line/` }).quota();
    expect(line.calls[0]?.path).toBe('/fake/line/v2/bot/message/quota');
  });

  it('a wrong token is said to be one', async () => {
    expect(await client({ accessToken: 'stale' }).botInfo()).toMatchObject({
      kind: 'unauthorized',
    });
  });
});

describe('the retry key', () => {
  it('is a UUID, the same for the same id and another for another', () => {
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(retryKey('event-1')).toBe(key);
    expect(retryKey('event-2')).not.toBe(key);
  });
});

/** A dispatcher that has a connection only when it is told to; then it says whether the call was broken off. */
function lateDispatcher() {
  let start: ((controller: Dispatcher.DispatchController) => void) | undefined;
  const dispatcher = new Pool(line.url);
  closers.push(() => dispatcher.destroy());
  dispatcher.dispatch = (_request, { onRequestStart }) => {
    start = (controller) => onRequestStart?.(controller, undefined);
    return true;
  };
  const begin = () => {
    let state = 'made';
    const abort = () => void (state = 'aborted');
    start?.({ abort } as unknown as Dispatcher.DispatchController);
    return state;
  };
  return { dispatcher, begin };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
