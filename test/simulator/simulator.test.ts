import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import express from 'express';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { openBotEnd } from './bot-end.ts';

let simulator: Simulator;
let bot: Awaited<ReturnType<typeof openBotEnd>>;
let server: Server;
let forgotten: string[];
const unknown = `U${'0'.repeat(32)}`;

beforeEach(async () => {
  bot = await openBotEnd();
  forgotten = [];
  simulator = await createSimulator({
    webhookUrl: bot.url,
    inspect: (userId) => Promise.resolve({ node: 'start', userId }),
    forget: (userId) => void forgotten.push(userId),
  });
  const app = express();
  app.use(simulator.router);
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  await simulator.close();
  await new Promise((done) => server.close(done));
  await bot.close();
});

const post = (path: string, body: object) => request(server).post(`/try/api${path}`).send(body);

/** The answer to a path as it is, which supertest would tidy up. */
function statusOf(path: string): Promise<number | undefined> {
  const { port } = server.address() as AddressInfo;
  return new Promise((done, fail) => {
    const asked = httpRequest({ port, host: '127.0.0.1', path }, (response) => {
      response.resume();
      done(response.statusCode);
    });
    asked.on('error', fail).end();
  });
}

async function newUser(): Promise<string> {
  const { body } = await post('/users', {});
  return (body as { userId: string }).userId;
}

describe('the page', () => {
  it('is served with a strict policy and without warnings on the console', async () => {
    const warnings: unknown[] = [];
    const hear = (warning: unknown) => warnings.push(warning);
    process.on('warning', hear);
    const page = await request(server).get('/try').expect(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    const script = await request(server).get('/try/page/flex/box.ts').expect(200);
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.text).toContain("from './button.ts'");
    expect(script.text).not.toContain('component: Box');
    await new Promise((done) => setImmediate(done));
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it.each([
    '../simulator.ts',
    '..%2fsimulator.ts',
    'flex/../app.ts',
    'nothing.ts',
    'flex',
    '%00.ts',
  ])('has no file %s', async (path) => {
    expect(await statusOf(`/try/page/${path}`)).toBe(404);
  });

  it('is only for this machine and only for itself', async () => {
    await request(server).get('/try').set('host', 'evil.example').expect(403);
    expect((await post('/users', {}).set('origin', 'https://evil.example')).status).toBe(403);
    expect((await post('/users', {}).set('sec-fetch-site', 'cross-site')).status).toBe(403);
    await request(server).get('/try/api/state').set('host', 'localhost:3000').expect(200);
    expect(simulator.line.people.list()).toEqual([]);
  });
});

describe("the page's endpoints", () => {
  it('refuse what has another shape, and what is too large', async () => {
    const userId = await newUser();
    expect((await post('/text', { userId, text: '' })).status).toBe(400);
    expect((await post('/text', { userId, text: 'a', more: 1 })).status).toBe(400);
    expect((await post('/text', { userId: 'U1', text: 'a' })).status).toBe(400);
    expect((await post('/text', { userId, text: 'あ'.repeat(30_000) })).status).toBe(413);
    await request(server)
      .post('/try/api/text')
      .set('content-type', 'application/json')
      .send('{')
      .expect(400);
    expect((await post('/text', { userId: unknown, text: 'a' })).status).toBe(404);
    expect((await post('/unsend', { userId, messageId: '1' })).status).toBe(404);
    await request(server).get(`/try/api/chat/${unknown}`).expect(404);
    await request(server).get(`/try/api/inspect/${unknown}`).expect(404);
  });

  it("show the bot's view of the conversation", async () => {
    const userId = await newUser();
    const { body } = await request(server).get(`/try/api/inspect/${userId}`).expect(200);
    expect(body).toMatchObject({ state: { node: 'start', userId }, events: [{ to: userId }] });
  });

  it('let the bot forget a user who starts over', async () => {
    const userId = await newUser();
    expect((await post('/text', { userId, text: 'a' })).status).toBe(200);
    expect((await post('/reset', { userId })).status).toBe(200);
    expect(forgotten).toEqual([userId]);
    const { body } = await request(server).get(`/try/api/chat/${userId}`);
    expect((body as { entries: unknown[] }).entries).toHaveLength(1);
  });

  it('say nothing for somebody who has blocked the account', async () => {
    const userId = await newUser();
    expect((await post('/block', { userId })).status).toBe(200);
    expect((await post('/text', { userId, text: 'a' })).status).toBe(404);
  });

  it('stop at 50 users', async () => {
    for (let index = 0; index < 50; index += 1) await newUser();
    expect((await post('/users', {})).status).toBe(404);
  });
});
