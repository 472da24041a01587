import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as account from './account.ts';
import { notFound, refuse, tooFast, unauthorized, type Answer } from './answer.ts';
import type { Endpoint } from './endpoint.ts';
import { withFault, type Outcome } from './faults.ts';
import { richMenuEndpoints } from './rich-menu-endpoints.ts';
import { push, reply, validate } from './send.ts';
import type { World } from './world.ts';

const endpoints: Record<string, Endpoint> = {
  'POST /v2/bot/message/reply': reply,
  'POST /v2/bot/message/push': push,
  'POST /v2/bot/message/validate/reply': validate,
  'POST /v2/bot/message/validate/push': validate,
  'POST /v2/bot/message/validate/multicast': validate,
  'POST /v2/bot/message/validate/narrowcast': validate,
  'POST /v2/bot/message/validate/broadcast': validate,
  'GET /v2/bot/message/quota': account.quota,
  'GET /v2/bot/message/quota/consumption': account.consumption,
  'GET /v2/bot/profile/': account.profile,
  'GET /v2/bot/info': account.botInfo,
  'GET /v2/bot/channel/webhook/endpoint': account.getEndpoint,
  'PUT /v2/bot/channel/webhook/endpoint': account.setEndpoint,
  'POST /v2/bot/channel/webhook/test': account.testEndpoint,
  'POST /v2/bot/chat/loading/start': account.startLoading,
  'POST /v2/bot/chat/markAsRead': account.markAsRead,
  ...richMenuEndpoints,
};

/** LINE answers 413 above this. */
const largestBody = 2 * 1024 * 1024;

/** The HTTP side of api.line.me: a request listener for `node:http`, also usable as an express handler. */
export function createServer(
  world: World,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    serve(world, request, response).catch(() => response.destroy());
  };
}

async function serve(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const requestId = randomUUID();
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const { route, rest } = routeOf(method, path);
  const fault = world.faults.strike(
    route === 'POST /v2/bot/message/reply'
      ? 'reply'
      : route === 'POST /v2/bot/message/push'
        ? 'push'
        : 'other',
  );
  const raw = await readBody(request);
  const run = () => answer(world, request, route, { raw, requestId, rest });
  const outcome = fault ? await withFault(fault, run) : await run();
  const { result } = outcome;
  write(response, result, requestId);
  const call = {
    atMs: world.clock(),
    requestId,
    method,
    path,
    status: result === 'cut' ? 0 : result === 'garbage' ? 200 : result.status,
    ms: Math.round((performance.now() - started) * 10) / 10,
    ...(!world.slim && { request: outcome.request }),
    ...(!world.slim && typeof result === 'object' && { response: withoutBytes(result.body) }),
    ...(fault && { fault: fault.kind }),
  };
  world.calls.push(call);
  world.tell({ type: 'call', call });
}

function write(response: ServerResponse, result: Outcome, requestId: string): void {
  if (result === 'cut') {
    response.destroy();
    return;
  }
  const garbage = result === 'garbage';
  const text = garbage ? '<html><body>It works!</body></html>' : bodyOf(result);
  response
    .writeHead(garbage ? 200 : result.status, {
      'content-type': garbage ? 'text/html' : 'application/json',
      'content-length': Buffer.byteLength(text),
      'x-line-request-id': requestId,
      ...(garbage ? {} : result.headers),
    })
    .end(text);
}

function bodyOf({ body }: Answer): string | Buffer {
  return Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** A picture in the log would be megabytes of nothing. */
function withoutBytes(body: unknown): unknown {
  return Buffer.isBuffer(body) ? { bytes: body.length } : body;
}

function routeOf(method: string, path: string): { route: string; rest: string } {
  const route = `${method} ${path}`;
  if (endpoints[route]) return { route, rest: '' };
  const content = /^(\/v2\/bot\/richmenu\/)([^/]{1,100})\/content$/.exec(path);
  if (content) return { route: `${method} ${content[1]}*/content`, rest: content[2] ?? '' };
  const slash = route.lastIndexOf('/') + 1;
  return { route: route.slice(0, slash), rest: route.slice(slash) };
}

async function answer(
  world: World,
  request: IncomingMessage,
  route: string,
  incoming: { raw: Buffer | 'too large'; requestId: string; rest: string },
): Promise<{ result: Answer; request: unknown }> {
  if (request.headers.authorization !== `Bearer ${world.accessToken}`) return stop(unauthorized());
  const endpoint = Object.hasOwn(endpoints, route) ? endpoints[route] : undefined;
  if (!endpoint) return stop(notFound());
  if (!world.rate(route)) return stop(tooFast());
  const { raw, requestId, rest } = incoming;
  if (raw === 'too large') return stop(refuse(413, 'Request entity too large'));
  const retryKey = request.headers['x-line-retry-key'];
  if (retryKey !== undefined && route !== 'POST /v2/bot/message/push')
    return stop(refuse(400, 'The retry key is not supported by this endpoint'));
  let body: unknown;
  const type = request.headers['content-type'] ?? '';
  if (request.method === 'POST' && route.endsWith('/content')) {
    const result = await endpoint(world, {
      body,
      requestId,
      rest,
      retryKey: undefined,
      file: { bytes: raw, type },
    });
    return { result, request: { bytes: raw.length, type } };
  }
  if (request.method === 'POST' || request.method === 'PUT') {
    if (raw.length > 0 && !/^application\/json\b/i.test(type))
      return stop(refuse(415, 'Unsupported media type'));
    try {
      body = raw.length === 0 ? {} : JSON.parse(raw.toString('utf8'));
    } catch {
      return stop(refuse(400, 'The request body could not be parsed as JSON'));
    }
  }
  const result = await endpoint(world, { body, requestId, rest, retryKey: retryKey?.toString() });
  return { result, request: body };
}

function stop(result: Answer): { result: Answer; request: unknown } {
  return { result, request: undefined };
}

function readBody(request: IncomingMessage): Promise<Buffer | 'too large'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
    });
    request.on('end', () => resolve(size > largestBody ? 'too large' : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
