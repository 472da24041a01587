import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../src/config.ts';
import { listen } from '../src/listen.ts';

const limits = { requestTimeout: 600, headersTimeout: 300, connectionsCheckingInterval: 50 };

/** What is answered to these bytes, after which nothing more comes, and after how many ms the connection ends. */
async function answerTo(bytes: string) {
  const server = await listen((req, res) => void req.resume().on('end', () => res.end()), {
    port: 0,
    host: '127.0.0.1',
    ...limits,
  });
  onTestFinished(() => void server.close());
  const since = performance.now();
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return { answer, afterMs: performance.now() - since };
}

test('a request whose body never comes is cut', async () => {
  const { answer, afterMs } = await answerTo(
    'POST /webhook HTTP/1.1\r\nHost: bot\r\nContent-Length: 10\r\n\r\nhalf',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(afterMs).toBeLessThan(5000);
});

test('and one whose headers never end sooner', async () => {
  const { answer } = await answerTo('POST /webhook HTTP/1.1\r\nHost: bo');
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});

test('an answer in time goes through', async () => {
  const { answer } = await answerTo(
    'POST /webhook HTTP/1.1\r\nHost: bot\r\nConnection: close\r\nContent-Length: 4\r\n\r\nhalf',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test('a connection may rest for longer than a proxy keeps it: Caddy does for two minutes', async () => {
  const server = await listen((_req, res) => res.end(), { port: 0, host: '127.0.0.1' });
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { headers } = await fetch(`http://127.0.0.1:${port}/webhook`, { method: 'POST' });
  const [, seconds] = /^timeout=(\d+)$/.exec(headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(120);
});

test('an address of another machine is a mistake of the settings', async () => {
  const opened = listen(() => undefined, { port: 0, host: '192.0.2.1' });
  await expect(opened).rejects.toThrow(ConfigError);
  await expect(opened).rejects.toThrow(/HOST/);
});
