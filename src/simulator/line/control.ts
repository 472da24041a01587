import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { FakeLine } from '../line.ts';
import { fault } from './faults.ts';
import { happening } from './happening.ts';
import { userIdForm } from './id.ts';
import { load, runLoad } from './load.ts';

const empty = z.strictObject({});

/** Each command: the shape of its JSON body and what it does. Answers are JSON. */
const commands = {
  emit: command(
    z.strictObject({ userId: z.string().regex(userIdForm), what: happening }),
    (line, { userId, what }) => line.emit(userId, what),
  ),
  load: command(load, (line, options) => runLoad(line, options)),
  fault: command(fault, (line, one) => line.faults.add(one)),
  faults: command(empty, (line) => line.faults.list()),
  'clear-faults': command(empty, (line) => line.faults.clear()),
  quota: command(empty, ({ quota }) => ({ limit: quota.limit ?? null, used: quota.used() })),
  webhook: command(z.strictObject({ url: z.url() }), (line, { url }) => line.setWebhookUrl(url)),
  sent: command(
    z.strictObject({ count: z.int().min(0).max(1_000_000).optional() }),
    (line, { count }) => line.sent(count),
  ),
};

function command<Input>(
  shape: z.ZodType<Input>,
  run: (line: FakeLine, input: Input) => unknown,
): (line: FakeLine, body: unknown) => unknown {
  return (line, body) => run(line, shape.parse(body));
}

/**
 * `POST /control/<command>`: switches and looks of the fake for programs that test against it. Only for a server that
 * listens on loopback.
 */
export async function control(
  line: FakeLine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, body: unknown) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? {}));
  const name = (request.url ?? '').replace(/^\/control\//, '');
  if (request.method !== 'POST' || !Object.hasOwn(commands, name)) {
    answer(404, { message: `No such command. There are: ${Object.keys(commands).join(', ')}` });
    return;
  }
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const run = commands[name as keyof typeof commands];
    answer(200, await run(line, text === '' ? {} : JSON.parse(text)));
  } catch (error) {
    answer(400, { message: error instanceof Error ? error.message : String(error) });
  }
}
