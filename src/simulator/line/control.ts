import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { FakeLine } from '../line.ts';
import { fault } from './faults.ts';
import { happening } from './happening.ts';
import { load, runLoad } from './load.ts';

const userId = z.string().regex(/^U[0-9a-f]{32}$/);
const newest = z.strictObject({ count: z.int().min(0).max(1_000_000).optional() });
const empty = z.strictObject({});

/** Each command: the shape of its JSON body and what it does. Answers are JSON. */
const commands = {
  emit: command(
    z.strictObject({
      userId,
      what: happening,
      groupId: z
        .string()
        .regex(/^C[0-9a-f]{32}$/)
        .optional(),
      mode: z.enum(['active', 'standby']).optional(),
      times: z.int().min(1).max(100).optional(),
    }),
    (line, { userId: user, what, groupId, mode, times }) =>
      line.emit(user, what, {
        ...(groupId !== undefined && { groupId }),
        ...(mode && { mode }),
        ...(times !== undefined && { times }),
      }),
  ),
  redeliver: command(z.strictObject({ eventId: z.string() }), (line, { eventId }) =>
    line.redeliver(eventId),
  ),
  post: command(z.strictObject({ events: z.array(z.unknown()) }), (line, { events }) =>
    line.post(events),
  ),
  load: command(load, (line, options) => runLoad(line, options)),
  'duplicate-next': command(
    z.strictObject({ count: z.int().min(0).max(1_000_000_000) }),
    (line, { count }) => line.duplicateNext(count),
  ),
  fault: command(fault, (line, one) => line.faults.add(one)),
  faults: command(empty, (line) => line.faults.list()),
  'clear-faults': command(empty, (line) => line.faults.clear()),
  'expire-tokens': command(z.strictObject({ chat: z.string().optional() }), (line, { chat }) =>
    line.expireTokens(chat),
  ),
  block: command(z.strictObject({ userId }), (line, one) => line.block(one.userId)),
  unblock: command(z.strictObject({ userId }), (line, one) => line.unblock(one.userId)),
  quota: command(
    z.strictObject({ limit: z.int().min(0).nullable().optional() }),
    (line, { limit }) => {
      if (limit !== undefined) line.quota.limit = limit ?? undefined;
      return { limit: line.quota.limit ?? null, used: line.quota.used() };
    },
  ),
  webhook: command(z.strictObject({ url: z.url() }), (line, { url }) => line.setWebhookUrl(url)),
  sent: command(newest, (line, { count }) => line.sent(count)),
  calls: command(newest, (line, { count }) => line.calls(count)),
  events: command(newest, (line, { count }) => line.events(count)),
  stats: command(empty, (line) => ({
    ...line.totals(),
    rssBytes: process.memoryUsage.rss(),
    cpuMicros: process.cpuUsage(),
  })),
  idle: command(empty, (line) => line.idle()),
  'clear-logs': command(empty, (line) => line.clearLogs()),
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
