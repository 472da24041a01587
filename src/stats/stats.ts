import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { Content } from '../dialog/content.ts';
import { addDays, dayOf } from '../japan-time.ts';
import type { Store } from '../store/store.ts';
import { holdsToken } from '../webhook/token.ts';
import { figuresOf } from './figures.ts';
import { STYLE, statsPage } from './page.ts';

export type StatsOptions = {
  store: Pick<Store, 'counts'>;
  content: () => Content;
  clock: () => number;
  /** The browser asks for it as a password. */
  token: string | undefined;
  /** Without a token the page is shown to whoever reaches it: only in try mode, which has no door to the outside. */
  open: boolean;
};

const query = z.object({ days: z.enum(['7', '30']).catch('7') });

const headers = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** `GET /stats`: how the bot does, for its operator. Anonymous counts only; there is nothing else to show. */
export function createStats({ store, content, clock, token, open }: StatsOptions): Router {
  const guard: RequestHandler = (req, res, next) => {
    res.set(headers);
    if (token === undefined) {
      if (open) return next();
      res.status(403).type('text').send('METRICS_TOKEN を設定すると、ここで様子を見られます。\n');
      return;
    }
    if (holdsToken(req.get('authorization'), token)) return next();
    res.set('WWW-Authenticate', 'Basic realm="madoguchi", charset="UTF-8"');
    res.status(401).type('text').send('パスワードに METRICS_TOKEN の値を入れてください。\n');
  };
  const router = Router();
  router.get('/stats/style.css', (_req, res) => void res.set(headers).type('css').send(STYLE));
  router.get('/stats', guard, async (req, res) => {
    const period = Number(query.parse(req.query).days);
    const today = dayOf(clock());
    const days = Array.from({ length: period }, (_, index) => addDays(today, index - period + 1));
    const figures = figuresOf(content(), days, await store.counts(days));
    res.type('html').send(statsPage(figures, period));
  });
  return router;
}
