import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBotEnd } from './bot-end.ts';

const user = `U${'1'.repeat(32)}`;
let child: ChildProcess;
let baseUrl: string;
let bot: Awaited<ReturnType<typeof openBotEnd>>;

async function control(
  command: string,
  body: object = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${baseUrl}/control/${command}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

beforeAll(async () => {
  bot = await openBotEnd();
  const path = new URL('../../src/simulator/line-process.ts', import.meta.url).pathname;
  const options = ['--webhook', bot.url, '--token', 't', '--monthly-limit', 'none', '--slim'];
  child = spawn(process.execPath, [path, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('no output to read');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  ({ baseUrl } = JSON.parse(line) as { baseUrl: string });
});

afterAll(async () => {
  if (child.exitCode === null) child.kill('SIGKILL');
  await bot.close();
});

describe('the fake LINE as a process', () => {
  it('emits events, is replied to, and tells who got what', async () => {
    const emitted = await control('emit', { userId: user, what: { kind: 'text', text: 'a' } });
    const { replyToken, eventId } = emitted.body as { replyToken: string; eventId: string };
    expect(bot.received.at(-1)?.events[0]?.webhookEventId).toBe(eventId);
    const response = await fetch(`${baseUrl}/v2/bot/message/reply`, {
      method: 'POST',
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      body: JSON.stringify({ replyToken, messages: [{ type: 'text', text: 'b' }] }),
    });
    expect(response.status).toBe(200);
    expect((await control('sent')).body).toEqual([
      expect.objectContaining({ to: user, eventId, by: 'reply', count: 1 }),
    ]);
    expect((await control('quota')).body).toEqual({ limit: null, used: 0 });
  });

  it('sends a load and says how it was taken', async () => {
    const load = { events: 40, users: 7, says: ['a', { data: 'b' }], waitMs: 0 };
    expect((await control('load', load)).body).toMatchObject({
      events: 40,
      acks: { 200: 40 },
      replied: 0,
      doubled: 0,
    });
    const senders = bot.received.slice(-40).map((one) => one.events[0]?.source.userId);
    expect(new Set(senders).size).toBe(7);
  });

  it('switches faults on and off', async () => {
    await control('fault', { kind: 'error', status: 503 });
    expect((await fetch(`${baseUrl}/v2/bot/info`)).status).toBe(503);
    expect((await control('faults')).body).toEqual([{ kind: 'error', status: 503 }]);
    await control('clear-faults');
    expect((await fetch(`${baseUrl}/v2/bot/info`)).status).toBe(401);
  });

  it('says what is wrong with a command', async () => {
    expect((await control('dance')).status).toBe(404);
    expect((await control('toString')).status).toBe(404);
    expect((await control('fault', { kind: 'earthquake' })).status).toBe(400);
  });

  it('ends by itself on SIGTERM', async () => {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});
