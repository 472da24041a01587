import type { RequestListener, Server } from 'node:http';
import { ConfigError } from './config.ts';
import { createServer } from './node-http.ts';

/**
 * How long a request may take to arrive whole, and its headers, in ms; looked after every `connectionsCheckingInterval`
 * ms. A body over the limit is read to its end: nobody gets longer than this for one. Node takes these at creation only.
 * A connection rests for longer than a proxy lets it (Caddy 120 s, nginx 60 s): were it closed here just as a webhook
 * comes on it, the event would be lost, since no proxy sends a POST a second time.
 */
const patience = {
  keepAliveTimeout: 130_000,
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 5000,
};

/**
 * Opens the door. Without `host` to everywhere.
 * @throws ConfigError when the port or the address cannot be had.
 */
export function listen(
  app: RequestListener,
  { port, host, ...limits }: { port: number; host: string | undefined } & Partial<typeof patience>,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ ...patience, ...limits }, app).listen(port, host);
    server.once('listening', () => resolve(server));
    server.once('error', (cause: NodeJS.ErrnoException) => reject(doorError(port, cause)));
  });
}

function doorError(port: number, cause: NodeJS.ErrnoException): Error {
  const remedy = '別の番号にするには、.env か環境変数の PORT を変えてください（例: PORT=3001）。';
  if (cause.code === 'EADDRINUSE') {
    const what = `ポート ${port} は、ほかのプログラムが使っています。そのプログラムを止めるか、${remedy}`;
    return new ConfigError([what], { cause });
  }
  if (cause.code === 'EACCES') {
    return new ConfigError([`ポート ${port} を開く権限がありません。${remedy}`], { cause });
  }
  if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND') {
    const what =
      '設定 HOST: この機械のアドレスではありません。127.0.0.1 などを指定するか、空にしてください。';
    return new ConfigError([what], { cause });
  }
  return cause;
}
