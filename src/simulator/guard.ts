import type { RequestHandler } from 'express';

const local = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/**
 * Keeps the pages of try mode to whoever sits at this machine: no other host name (a foreign name that resolves here
 * would get past the browser's walls) and no other page's requests. There is no CORS header anywhere.
 */
export const guard: RequestHandler = (request, response, next) => {
  const { host, origin } = request.headers;
  const crossSite = request.headers['sec-fetch-site'] === 'cross-site' && request.method !== 'GET';
  if (!host || !local.test(host) || (origin && origin !== `http://${host}`) || crossSite) {
    response
      .status(403)
      .type('text')
      .send(
        'お試し画面は http://localhost からだけ開けます。 The chat page opens only via localhost.',
      );
    return;
  }
  response.set({
    'content-security-policy':
      "default-src 'self'; img-src 'self' https: data:; style-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  next();
};
