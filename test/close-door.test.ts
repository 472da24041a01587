import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeDoor } from '../src/close-door.ts';
import { listen } from '../src/listen.ts';

const REQUEST = 'POST /webhook HTTP/1.1\r\nHost: bot\r\nContent-Length: 0\r\n\r\n';
let server: Server;
let port: number;
/** What the bot does with a request. */
let answer: RequestListener;

beforeEach(async () => {
  answer = (_req, res) => res.end();
  server = await listen((req, res) => answer(req, res), { port: 0, host: '127.0.0.1' });
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => server.closeAllConnections());

const knock = (): Socket => connect(port, '127.0.0.1');

/** All that is said to the socket until its connection ends. */
async function heard(socket: Socket): Promise<string> {
  let said = '';
  for await (const chunk of socket) said += String(chunk);
  return said;
}

test('a request that comes on an open connection is answered, and told to come no more', async () => {
  const socket = knock();
  socket.write(REQUEST);
  await once(socket, 'data');
  const closed = closeDoor(server);
  await sleep(100);
  socket.write(REQUEST);
  expect(await heard(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n/);
  await closed;
});

test('a request under way is answered', async () => {
  answer = (_req, res) => void setTimeout(() => res.end(), 1200);
  const socket = knock();
  socket.write(REQUEST);
  await once(server, 'request');
  const closed = closeDoor(server);
  expect(await heard(socket)).toMatch(/^HTTP\/1\.1 200 /);
  await closed;
});

test('who stands before the door already is let in, and nobody after', async () => {
  const sockets = Array.from({ length: 20 }, knock);
  for (const socket of sockets) socket.write(REQUEST);
  const closed = closeDoor(server);
  for (const socket of sockets) expect(await heard(socket)).toMatch(/^HTTP\/1\.1 200 /);
  await closed;
  await expect(once(knock(), 'connect')).rejects.toThrow(/ECONNREFUSED/);
});

test('connections at rest are waited for no longer than a lull', async () => {
  const socket = knock();
  socket.write(REQUEST);
  await once(socket, 'data');
  const since = performance.now();
  await closeDoor(server);
  expect(performance.now() - since).toBeLessThan(1400);
  socket.destroy();
});

test('nobody can hold it open: connections at rest, used or not, and requests that never end', async () => {
  const used = knock();
  used.write(REQUEST);
  await once(used, 'data');
  answer = () => undefined;
  const sockets = [knock(), knock(), used];
  sockets[0]?.write(REQUEST);
  await once(server, 'request');
  const since = performance.now();
  await closeDoor(server);
  expect(performance.now() - since).toBeLessThan(2500);
  for (const socket of sockets) socket.destroy();
});
