import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { StoreUnavailable } from '../store/errors.ts';
import { type OpsOptions, createOps } from './ops.ts';
import { plain, statusOf } from './plain.ts';
import { type WebhookOptions, createWebhook } from './webhook.ts';

export type AppOptions = Omit<WebhookOptions & OpsOptions, 'store' | 'clock'> & {
  store: WebhookOptions['store'] & OpsOptions['store'];
  /** ms since 1970; the computer's own unless given. */
  clock?: () => number;
  /** Asked before every route but the webhook, which has its signatures. */
  guard?: RequestHandler | undefined;
  /** More routes, such as the simulator's, tried in this order after our own. */
  routers?: readonly Router[];
};

/** The HTTP side of the bot, without a port. */
export function createApp({
  guard,
  routers = [],
  clock = Date.now,
  ...options
}: AppOptions): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');

  if (guard) app.use(guard);
  app.use(createOps({ ...options, clock }));
  for (const router of routers) app.use(router);

  app.use((_req, res) => plain(res, 404));
  const fail: ErrorRequestHandler = (err: unknown, _req, res, _next) => {
    // An outage is logged where it is noticed, and is no bug.
    if (err instanceof StoreUnavailable)
      return plain(res, 503, '保存先に届きません。少し待って、もう一度開いてください。\n');
    const status = statusOf(err);
    if (status === 500)
      options.log.error({ err }, '要求に応えられませんでした（プログラムの不具合）。');
    plain(res, status);
  };
  app.use(fail);
  const webhook = createWebhook({ ...options, clock });
  return (req, res) => (WEBHOOK.test(req.url ?? '') ? webhook(req, res) : app(req, res));
}

const WEBHOOK = /^\/webhook\/?(?:\?|$)/i;
