import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as Door } from 'node:net';
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises';

/** How long those who come faster than they are let in are let in, in ms. */
const LET_IN_MS = 1000;

/** How long connections stay open for what is on its way on them: busy proxies send far more often than that. In ms. */
const LULL_MS = 500;

/** How long a request that is still under way then is waited for, in ms: `accept` answers within a second. */
const PATIENCE_MS = 1100;

/**
 * Lets nobody in any more, and cuts nobody off who is inside: a proxy sends no event a second time, and LINE only where
 * redelivery is on. What comes on an open connection meanwhile is answered, and the connection ends with the answer.
 */
export async function closeDoor(server: Server): Promise<void> {
  await letIn(server);
  server.prependListener('request', (_req, res) => void res.setHeader('Connection', 'close'));
  const closed = once(server, 'close');
  // Not its own `close`, which cuts connections that are idle at once: a request may have come on one, not read yet.
  Reflect.apply(Door.prototype.close, server, []);
  await Promise.race([closed, pause(LULL_MS)]);
  server.closeIdleConnections();
  await Promise.race([closed, pause(PATIENCE_MS)]);
  server.closeAllConnections();
  await closed;
}

/** Who stands before the door already: the system lets in one at a turn of the event loop, and drops who is left. */
async function letIn(server: Server): Promise<void> {
  let quietTurns = 0;
  server.on('connection', () => (quietTurns = 0));
  const until = performance.now() + LET_IN_MS;
  // The first turn may have had its look at the door already.
  while (quietTurns < 3 && performance.now() < until) {
    quietTurns += 1;
    await soon();
  }
}

/** To the end of a turn of the event loop, so that what has come by then is read. */
async function pause(ms: number): Promise<void> {
  await sleep(ms, undefined, { ref: false });
  await soon();
}
