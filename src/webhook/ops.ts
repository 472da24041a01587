import { Router } from 'express';
import type { Metrics } from '../metrics.ts';
import type { Store } from '../store/store.ts';
import { plain } from './plain.ts';
import { holdsToken } from './token.ts';

export type OpsOptions = {
  store: Pick<Store, 'ping' | 'stats'>;
  metrics: Metrics;
  clock: () => number;
  /** When set, /metrics wants `Authorization: Bearer <token>`. */
  metricsToken?: string | undefined;
};

/** What a load balancer and Prometheus ask: `GET /healthz` (alive), `/readyz` (store reachable), `/metrics`. */
export function createOps({ store, metrics, clock, metricsToken }: OpsOptions): Router {
  const router = Router();

  router.get('/healthz', (_req, res) => plain(res, 200));

  router.get('/readyz', async (_req, res) => {
    const up = await succeeds(store.ping());
    plain(res, up ? 200 : 503, up ? 'OK' : 'the store cannot be reached');
  });

  router.get('/metrics', async (req, res) => {
    if (metricsToken !== undefined && !holdsToken(req.get('authorization'), metricsToken)) {
      res.setHeader('WWW-Authenticate', 'Bearer');
      return plain(res, 401);
    }
    // The metrics of this process are worth reading most when the store is away.
    const up = await succeeds(store.stats(clock()).then(metrics.showStore));
    metrics.storeUp.set(up ? 1 : 0);
    res.setHeader('Content-Type', metrics.registry.contentType);
    res.end(await metrics.registry.metrics());
  });

  return router;
}

const patienceMs = 1500;

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, patienceMs, false);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  const result = await Promise.race([done, late]);
  clearTimeout(timer);
  return result;
}
