/** What LINE said no with, or that it could not be asked. `requestId` is LINE's own, for its support. */
export type Refusal = { requestId?: string } & (
  | { kind: 'invalidToken' }
  | { kind: 'rejected'; status: number; message: string; details: RejectedDetail[] }
  | { kind: 'unauthorized' }
  | { kind: 'forbidden' }
  | { kind: 'rateLimited' }
  | { kind: 'quotaExhausted' }
  | { kind: 'unknownRecipient' }
  /** `ambiguous`: LINE may have done it all the same. */
  | { kind: 'unavailable'; ambiguous: boolean; cause: string }
);

export type SendOutcome =
  | { kind: 'sent'; requestId?: string }
  /** LINE took this retry key before. */
  | { kind: 'alreadySent'; requestId?: string }
  | Refusal;

export type Answer<T> = { kind: 'ok'; value: T } | Refusal;

/** Fit for logs: bounded, and without anything that could be a user's. */
export type RejectedDetail = { property: string; message: string };

/**
 * What a status other than 2xx means. LINE's error texts are not guaranteed, but only they tell a used token from a
 * bad message, and the monthly limit from the rate limit; an unknown text falls to the harmless side.
 * https://developers.line.biz/en/reference/messaging-api/#error-responses
 */
export function refusalOf(status: number, body: unknown): Refusal | { kind: 'alreadySent' } {
  const message = field(body, 'message');
  switch (status) {
    case 401:
      return { kind: 'unauthorized' };
    case 403:
      return { kind: 'forbidden' };
    case 409:
      return { kind: 'alreadySent' };
    case 429:
      return { kind: /monthly limit/i.test(message ?? '') ? 'quotaExhausted' : 'rateLimited' };
  }
  if (status < 400 || status >= 500 || status === 408)
    return { kind: 'unavailable', ambiguous: true, cause: `http ${status}` };
  if (status === 400) {
    // Without LINE's words nobody knows whether the token or the message was meant, or whether it was LINE at all.
    if (message === undefined)
      return { kind: 'unavailable', ambiguous: true, cause: 'http 400 without a message' };
    if (/invalid reply token/i.test(message)) return { kind: 'invalidToken' };
    if (/failed to send messages/i.test(message)) return { kind: 'unknownRecipient' };
  }
  return {
    kind: 'rejected',
    status,
    message: withoutContent(message ?? ''),
    details: detailsOf(body),
  };
}

function detailsOf(body: unknown): RejectedDetail[] {
  const details = (body as { details?: unknown } | null)?.details;
  if (!Array.isArray(details)) return [];
  return details.slice(0, 10).map((detail: unknown) => ({
    property: withoutContent(field(detail, 'property') ?? ''),
    message: withoutContent(field(detail, 'message') ?? ''),
  }));
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'string' ? found : undefined;
}

/** LINE may quote what we sent, and that may hold a user's words or numbers; its own words are ASCII. */
function withoutContent(words: string): string {
  return words
    .slice(0, 200)
    .replace(/[^ -~]+/g, '…')
    .replace(/\d[\d-]{3,}/g, '…');
}
