// Not from 'undici' as a whole: that also loads its fetch and, with its cookies, the one inside Node. Bought 12 MB.
import Pool from 'undici/lib/dispatcher/pool.js';
import { z } from 'zod';
import { type Sendable, write } from '../message/written.ts';
import { exchange, isSuccess, readAs, readJson } from './exchange.ts';
import { type Answer, type Refusal, type SendOutcome, refusalOf } from './outcome.ts';

export type LineClient = ReturnType<typeof createLineClient>;

export type LineClientOptions = {
  /** Such as https://api.line.me; http:// and a path prefix work too. */
  baseUrl: string;
  accessToken: string;
  connectTimeoutMs?: number;
  /** From the call to LINE's whole answer, waiting for a free connection included. */
  totalTimeoutMs?: number;
  /** Of calls side by side; more wait. The worker makes fewer: 200 replies, 32 reminders and two questions. */
  connections?: number;
};

const quotaSchema = z.object({ type: z.string(), value: z.number().optional() });
const consumptionSchema = z.object({ totalUsage: z.number() });
const profileSchema = z.object({ displayName: z.string(), language: z.string().optional() });
const botInfoSchema = z.object({
  userId: z.string(),
  basicId: z.string(),
  displayName: z.string(),
  chatMode: z.string().optional(),
  markAsReadMode: z.string().optional(),
});

/**
 * The calls that the bot makes all day, through undici: the SDK has no timeout, no bound on calls in flight, and
 * costs more CPU. What LINE or the network can do comes back as a value; only mistakes of ours throw.
 * https://developers.line.biz/en/reference/messaging-api/
 */
export function createLineClient({
  baseUrl,
  accessToken,
  connectTimeoutMs = 3000,
  totalTimeoutMs = 10_000,
  connections = 240,
}: LineClientOptions) {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    connect: { timeout: connectTimeoutMs },
  });
  const authorization = `Bearer ${accessToken}`;

  /** One call; `read` makes the result of a 2xx. */
  async function call<T>(
    { path, body, retryKey }: Request,
    read: (body: Buffer | undefined) => T,
  ): Promise<T | Failure> {
    const headers = {
      authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(retryKey === undefined ? {} : { 'x-line-retry-key': retryKey }),
    };
    const method = body === undefined ? 'GET' : 'POST';
    const request = { method, path: prefix + path, headers, body: body ?? null } as const;
    const answer = await exchange(pool, request, { withinMs: totalTimeoutMs });
    if (answer.kind === 'unavailable') return answer;
    const result = isSuccess(answer.status)
      ? read(answer.body)
      : refusalOf(answer.status, readJson(answer.body));
    const requestId = answer.headers['x-line-request-id'];
    return typeof requestId === 'string' ? { ...result, requestId } : result;
  }

  // The status says it all.
  const send = (request: Request): Promise<SendOutcome> =>
    call(request, () => ({ kind: 'sent' }) as const);

  async function get<T>(path: string, schema: z.ZodType<T>): Promise<Answer<T>> {
    const result = await call({ path }, (body) => readAs(schema, body));
    return result.kind === 'alreadySent'
      ? { kind: 'unavailable', ambiguous: true, cause: 'http 409' }
      : result;
  }

  return {
    /** Free, once per token, within about a minute. LINE has no retry key for it. */
    reply(replyToken: string, messages: Sendable): Promise<SendOutcome> {
      const body = bodyOf('replyToken', replyToken, messages);
      return send({ path: '/v2/bot/message/reply', body });
    },

    /** Counts to the quota. `retryKey`: a UUID; the same key, recipient and messages are sent once within 24 h. */
    async push(to: string, messages: Sendable, key: string): Promise<SendOutcome> {
      if (!isLineId(to)) return { kind: 'unknownRecipient' };
      const body = bodyOf('to', to, messages);
      return send({ path: '/v2/bot/message/push', body, retryKey: key });
    },

    /** How many messages the plan allows this month: `type` "limited" with a value, or "none" without a limit. */
    quota: () => get('/v2/bot/message/quota', quotaSchema),

    /** How many of them are used, approximately. */
    consumption: () => get('/v2/bot/message/quota/consumption', consumptionSchema),

    /** `unknownRecipient`: no such user, blocked, or no consent. */
    async profile(userId: string): Promise<Answer<z.infer<typeof profileSchema>>> {
      if (!isLineId(userId)) return { kind: 'unknownRecipient' };
      const result = await get(`/v2/bot/profile/${encodeURIComponent(userId)}`, profileSchema);
      return result.kind === 'rejected' && result.status === 404
        ? { kind: 'unknownRecipient' }
        : result;
    },

    /** Who this token belongs to. */
    botInfo: () => get('/v2/bot/info', botInfoSchema),

    /** Breaks off what is still in flight: call it when the last answers are out. */
    close: () => pool.destroy(),
  };
}

type Request = { path: string; body?: Buffer; retryKey?: string };
type Failure = Refusal | { kind: 'alreadySent'; requestId?: string };

function bodyOf(name: 'replyToken' | 'to', value: string, messages: Sendable): Buffer {
  return write(messages).between(`{"${name}":${JSON.stringify(value)},"messages":`, '}');
}

function isLineId(id: string): boolean {
  return /^[UCR][0-9a-f]{32}$/.test(id);
}
