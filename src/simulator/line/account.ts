import { badRequest, notFound, ok, refuse, type Answer } from './answer.ts';
import type { Incoming } from './endpoint.ts';
import { userIdForm } from './id.ts';
import type { World } from './world.ts';

/** The endpoints around the account: who is the bot, who is the user, the webhook address, the quota. */

export function botInfo(world: World): Answer {
  return ok({
    userId: world.botUserId,
    basicId: '@000mado',
    displayName: '窓口（お試し）',
    chatMode: world.console.chatMode,
    markAsReadMode: world.console.chatMode === 'bot' ? 'auto' : 'manual',
  });
}

export function quota(world: World): Answer {
  const value = world.quota.limit;
  return ok(value === undefined ? { type: 'none' } : { type: 'limited', value });
}

export function consumption(world: World): Answer {
  return ok({ totalUsage: world.quota.used() });
}

export function profile(world: World, { rest }: Incoming): Answer {
  if (!userIdForm.test(rest)) return refuse(400, "The value for the 'userId' parameter is invalid");
  const person = world.people.find(rest);
  if (!person || person.blocked) return notFound();
  return ok({ userId: person.userId, displayName: person.displayName, language: 'ja' });
}

export function getEndpoint(world: World): Answer {
  return world.webhookUrl
    ? ok({ endpoint: world.webhookUrl, active: world.console.webhookActive })
    : notFound();
}

export function setEndpoint(world: World, { body }: Incoming): Answer {
  const endpoint = string(body, 'endpoint');
  if (!endpoint || endpoint.length > 500 || !isWebhookUrl(endpoint))
    return badRequest([{ message: 'Invalid webhook endpoint URL', property: 'endpoint' }]);
  world.webhookUrl = endpoint;
  return ok();
}

export async function testEndpoint(world: World, { body }: Incoming): Promise<Answer> {
  const endpoint = string(body, 'endpoint') ?? world.webhookUrl;
  if (!endpoint || !isWebhookUrl(endpoint))
    return badRequest([{ message: 'Invalid webhook endpoint URL', property: 'endpoint' }]);
  const { status, ms } = await world.post(endpoint, []);
  const success = status === 200;
  // On one machine a refused connection comes back at once; what took long was waited for in vain.
  const silence = ms > 500 ? 'REQUEST_TIMEOUT' : 'COULD_NOT_CONNECT';
  const reason = success ? 'OK' : status === 0 ? silence : 'ERROR_STATUS_CODE';
  return ok({
    success,
    timestamp: new Date(world.clock()).toISOString(),
    statusCode: status,
    reason,
    detail: String(status),
  });
}

export function startLoading(world: World, { body }: Incoming): Answer {
  const to = string(body, 'chatId') ?? '';
  const seconds = (body as { loadingSeconds?: unknown } | null)?.loadingSeconds ?? 20;
  if (!userIdForm.test(to))
    return badRequest([{ message: 'The value is invalid', property: 'chatId' }]);
  if (typeof seconds !== 'number' || seconds < 5 || seconds > 60 || seconds % 5 !== 0)
    return badRequest([{ message: 'The value is invalid', property: 'loadingSeconds' }]);
  world.tell({ type: 'loading', to, seconds });
  return { status: 202, body: {} };
}

export function markAsRead(_world: World, { body }: Incoming): Answer {
  if (!string(body, 'markAsReadToken'))
    return badRequest([{ message: 'May not be empty', property: 'markAsReadToken' }]);
  return ok();
}

/** LINE takes https only; the fake also reaches a bot on this machine, and nothing else. */
function isWebhookUrl(url: string): boolean {
  return /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?(?:\/[\x21-\x7e]*)?$/.test(
    url,
  );
}

function string(body: unknown, key: string): string | undefined {
  const value = (body as Record<string, unknown> | null | undefined)?.[key];
  return typeof value === 'string' ? value : undefined;
}
