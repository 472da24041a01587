/**
 * The fake LINE as a process of its own, for tests, benches and chaos:
 *
 *   node src/simulator/line-process.ts --webhook http://127.0.0.1:3000/webhook --secret … --token …
 *
 * Prints one line of JSON when it is ready: {"port":…,"baseUrl":"http://127.0.0.1:…","pid":…}. Listens on loopback only;
 * `POST /control/<command>` (line/control.ts) steers it. SIGTERM ends it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { control } from './line/control.ts';
import { createFakeLine } from './line.ts';

const options = z.object({
  webhook: z.url().optional(),
  secret: z.string().default('test-channel-secret'),
  token: z.string().default('test-access-token'),
  /** Pushes a month, or `none` for no limit. */
  'monthly-limit': z
    .union([z.literal('none').transform(() => null), z.coerce.number().min(0)])
    .default(200),
  keep: z.coerce.number().min(0).default(10_000),
  slim: z.boolean().default(false),
  anybody: z.boolean().default(false),
  'no-validate': z.boolean().default(false),
});

const flags = new Set(['slim', 'anybody', 'no-validate']);
const { values } = parseArgs({
  options: Object.fromEntries(
    Object.keys(options.shape).map((name) => [
      name,
      { type: flags.has(name) ? ('boolean' as const) : ('string' as const) },
    ]),
  ),
});
const set = options.parse(values);

const line = createFakeLine({
  channelSecret: set.secret,
  accessToken: set.token,
  ...(set.webhook && { webhookUrl: set.webhook }),
  monthlyLimit: set['monthly-limit'],
  keep: set.keep,
  slim: set.slim,
  anybody: set.anybody,
  validate: !set['no-validate'],
});

const server = createServer((request, response) => {
  if (request.url?.startsWith('/control/')) void control(line, request, response);
  else line.handle(request, response);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ port, baseUrl: `http://127.0.0.1:${port}`, pid: process.pid }));
});

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void line.close();
});
