/** What an endpoint answers. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

export type Detail = { message: string; property: string };

export function ok(body: unknown = {}): Answer {
  return { status: 200, body };
}

/** An error in LINE's form. */
export function refuse(status: number, message: string, details?: Detail[]): Answer {
  return { status, body: details ? { message, details } : { message } };
}

/** 400 with one detail per mistake, as LINE words it. */
export function badRequest(details: Detail[]): Answer {
  return refuse(400, `The request body has ${details.length} error(s)`, details);
}

export const invalidToken = (): Answer => refuse(400, 'Invalid reply token');
export const quotaGone = (): Answer => refuse(429, 'You have reached your monthly limit.');
export const tooFast = (): Answer =>
  refuse(429, 'The API rate limit has been exceeded. Try again later.');
export const unauthorized = (): Answer =>
  refuse(
    401,
    'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
  );
export const notFound = (): Answer => refuse(404, 'Not found');
