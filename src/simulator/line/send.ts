import { badRequest, invalidToken, ok, quotaGone, refuse, type Answer } from './answer.ts';
import { checkMessages } from './check.ts';
import type { Incoming } from './endpoint.ts';
import { hex32 } from './id.ts';
import { isRetryKey } from './retry-keys.ts';
import type { Sent, World } from './world.ts';

const quotable = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'flex', 'template']);

/** `POST /v2/bot/message/reply`: free, once per token. */
export function reply(world: World, { body, requestId }: Incoming): Answer {
  const { replyToken, messages } = fields(body);
  if (typeof replyToken !== 'string' || replyToken === '')
    return badRequest([{ message: 'May not be empty', property: 'replyToken' }]);
  const bad = check(world, messages);
  if (bad) return bad;
  const token = world.tokens.spend(replyToken);
  if (!token) return invalidToken();
  const sent = keep(
    world,
    { to: token.to, by: 'reply', requestId, eventId: token.eventId },
    messages,
    true,
  );
  return ok({ sentMessages: sentMessages(sent) });
}

/** `POST /v2/bot/message/push`: counted against the quota, repeatable with a retry key. */
export function push(world: World, { body, requestId, retryKey }: Incoming): Answer {
  if (retryKey !== undefined) {
    if (!isRetryKey(retryKey))
      return refuse(400, 'The value of the X-Line-Retry-Key header is invalid');
    const before = world.retryKeys.find(retryKey);
    if (before)
      return {
        status: 409,
        body: { message: 'The retry key is already accepted', sentMessages: before.sentMessages },
        headers: { 'x-line-accepted-request-id': before.requestId },
      };
  }
  const { to, messages } = fields(body);
  if (typeof to !== 'string' || to === '')
    return badRequest([{ message: 'May not be empty', property: 'to' }]);
  const bad = check(world, messages);
  if (bad) return bad;
  const person = world.people.find(to);
  if (!person) return refuse(400, 'Failed to send messages');
  // Who has blocked the account costs nothing and gets nothing, and LINE does not say so.
  const delivered = !person.blocked;
  if (delivered && !world.quota.take()) return quotaGone();
  const sent = keep(world, { to, by: 'push', requestId, retryKey }, messages, delivered);
  const listed = sentMessages(sent);
  if (retryKey !== undefined) world.retryKeys.keep(retryKey, { requestId, sentMessages: listed });
  return ok({ sentMessages: listed });
}

/** `POST /v2/bot/message/validate/*`: the check alone. */
export function validate(_world: World, { body }: Incoming): Answer {
  return checkMessages(fields(body).messages) ?? ok();
}

function fields(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function check(world: World, messages: unknown): Answer | undefined {
  if (world.validate) return checkMessages(messages);
  return Array.isArray(messages) ? undefined : checkMessages(undefined);
}

function keep(
  world: World,
  about: {
    to: string;
    by: 'reply' | 'push';
    requestId: string;
    eventId?: string;
    retryKey?: string | undefined;
  },
  messages: unknown,
  delivered: boolean,
): Sent {
  const list = Array.isArray(messages) ? messages : [];
  const sent: Sent = {
    atMs: world.clock(),
    to: about.to,
    by: about.by,
    requestId: about.requestId,
    ...(about.eventId !== undefined && { eventId: about.eventId }),
    ...(about.retryKey !== undefined && { retryKey: about.retryKey }),
    count: list.length,
    messages: world.slim ? list.map((one) => ({ type: fields(one)['type'] })) : list,
    messageIds: list.map(() => world.newMessageId()),
    delivered,
  };
  world.sent.push(sent);
  world.tell({ type: 'sent', sent });
  return sent;
}

function sentMessages(sent: Sent): unknown[] {
  return sent.messageIds.map((id, index) =>
    quotable.has(String(fields(sent.messages[index])['type']))
      ? { id, quoteToken: hex32() }
      : { id },
  );
}
