import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Call = { method: string; path: string; headers: IncomingMessage['headers']; body: unknown };

/** What happens to the next call instead of, or after, LINE's own rules. */
type Mishap =
  | { answer: number; body: string; headers?: Record<string, string> }
  /** LINE does it, and then the connection breaks, or nothing comes back, or rubbish does. */
  | 'done, then reset'
  | 'done, then silence'
  | 'done, then garbage'
  /** The status comes, and of the words only the first. */
  | 'done, then half an answer'
  | 'done, then half an answer and silence'
  /** The connection breaks before LINE does anything. */
  | 'reset';

/** A LINE on loopback with the rules that sending depends on: single-use tokens, retry keys, error bodies. */
export async function startSmallLine() {
  const calls: Call[] = [];
  const said: { to: string; messages: unknown[] }[] = [];
  const mishaps: Mishap[] = [];
  const tokens = new Map<string, string>();
  const keys = new Set<string>();
  const refusedTypes = new Set<string>();

  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const call = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body };
      calls.push(call);
      act(call, mishaps.shift(), res);
    });
  });

  function act(call: Call, mishap: Mishap | undefined, res: ServerResponse) {
    if (typeof mishap === 'object')
      return res.writeHead(mishap.answer, mishap.headers).end(mishap.body);
    if (mishap === 'reset') return res.destroy();
    const [status, body] = obey(call);
    if (mishap === 'done, then reset') return res.destroy();
    if (mishap === 'done, then silence') return undefined;
    res.writeHead(status, { 'x-line-request-id': `request-${calls.length}` });
    if (mishap?.startsWith('done, then half an answer')) {
      res.write('{"message":');
      return mishap.endsWith('silence') ? undefined : setTimeout(() => res.destroy(), 20);
    }
    return res.end(mishap === 'done, then garbage' ? '<html>' : JSON.stringify(body));
  }

  function obey({ path, headers, body }: Call): [number, unknown] {
    if (headers.authorization !== 'Bearer good-token')
      return [401, { message: 'Authentication failed due to the following reason: invalid token' }];
    const { messages = [], replyToken = '', to = '' } = (body ?? {}) as Partial<Sending>;
    if (messages.some(({ type }) => refusedTypes.has(type)))
      return [
        400,
        {
          message: 'A message (messages[0]) in the request body is invalid',
          details: [
            { property: '/footer/contents/2', message: 'invalid uri 山田 503-1234567-1234567' },
          ],
        },
      ];
    switch (path) {
      case '/v2/bot/message/reply': {
        const owner = tokens.get(replyToken);
        if (owner === undefined) return [400, { message: 'Invalid reply token' }];
        tokens.delete(replyToken);
        said.push({ to: owner, messages });
        return [200, { sentMessages: [{ id: '1' }] }];
      }
      case '/v2/bot/message/push': {
        const key = headers['x-line-retry-key'];
        if (typeof key === 'string' && keys.has(key))
          return [409, { message: 'The retry key is already accepted' }];
        if (typeof key === 'string') keys.add(key);
        said.push({ to, messages });
        return [200, { sentMessages: [{ id: '1' }] }];
      }
      case '/v2/bot/message/quota':
        return [200, { type: 'limited', value: 200 }];
      case '/v2/bot/message/quota/consumption':
        return [200, { totalUsage: 57 }];
      case '/v2/bot/info':
        return [200, { userId: `U${'b'.repeat(32)}`, basicId: '@madoguchi', displayName: '窓口' }];
      default:
        return path.startsWith('/v2/bot/profile/U1')
          ? [200, { displayName: 'はな', userId: 'U1', language: 'ja' }]
          : [404, { message: 'Not found' }];
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    said,
    mishaps,
    tokens,
    /** Message types that are refused with 400. */
    refusedTypes,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Sending = { messages: { type: string }[]; replyToken: string; to: string };
