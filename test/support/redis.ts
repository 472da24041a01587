import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { end, tied } from './child.ts';

export type TestRedis = {
  url: string;
  port: number;
  /** Where it speaks with the others of its cluster. */
  busPort: number;
  /** Ends it with SIGKILL, as a crash does; its files stay. */
  kill(): Promise<void>;
  /** It goes silent, as a machine without power does: its connections stay open. */
  pause(): void;
  resume(): void;
  /** Starts it again on the same port with the files it had. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
};

export type TestCluster = { url: string; nodes: TestRedis[]; stop(): Promise<void> };

type Options = {
  cluster?: boolean;
  /** After so many ms without a sign of life the others of the cluster give a node up. */
  nodeTimeoutMs?: number;
  /** Port of the server on this machine that it follows. */
  replicaOf?: number;
  /** Lines of a configuration file, which Sentinel writes to: then it is one. */
  sentinel?: readonly string[];
  appendonly?: boolean;
  appendfsync?: 'always' | 'everysec';
  password?: string;
};

/** A real Redis on a free port of the loopback, with a directory of its own. */
export async function startRedis(options: Options = {}): Promise<TestRedis> {
  const server = findServer();
  const [port, busPort] = [await freePort(), await freePort()];
  const dir = mkdtempSync(join(tmpdir(), 'madoguchi-redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''];
  if (options.appendonly)
    args.push('--appendonly', 'yes', '--appendfsync', options.appendfsync ?? 'always');
  if (options.cluster) {
    const timeoutMs = String(options.nodeTimeoutMs ?? 2000);
    args.push('--cluster-enabled', 'yes', '--cluster-node-timeout', timeoutMs);
    // Its own choice, 10,000 above the port, may be one that the system has given to an outgoing connection.
    args.push('--cluster-port', String(busPort));
  }
  if (options.replicaOf !== undefined)
    args.push('--replicaof', '127.0.0.1', `${options.replicaOf}`);
  if (options.sentinel !== undefined) {
    const file = join(dir, 'sentinel.conf');
    writeFileSync(file, options.sentinel.join('\n'));
    args.splice(0, args.length, file, '--sentinel', '--port', String(port), '--bind', '127.0.0.1');
  }
  if (options.password !== undefined) args.push('--requirepass', options.password);

  const start = () => launch(server, args, port, options.password);
  let process = await start();
  const kill = () => end(process);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    busPort,
    kill,
    pause: () => process.kill('SIGSTOP'),
    resume: () => process.kill('SIGCONT'),
    async restart() {
      await kill();
      process = await start();
    },
    async stop() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const slots = 16_384;

/** Three masters that share the slots. */
export async function startRedisCluster(
  options: Pick<Options, 'appendonly' | 'nodeTimeoutMs'> = {},
): Promise<TestCluster> {
  const nodes = await Promise.all([0, 1, 2].map(() => startRedis({ ...options, cluster: true })));
  const clients = nodes.map(({ url }) => new Redis(url));
  const share = Math.ceil(slots / nodes.length);
  for (const [i, client] of clients.entries()) {
    const last = Math.min((i + 1) * share, slots) - 1;
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1);
    await client.call('CLUSTER', 'ADDSLOTSRANGE', i * share, last);
    const { port = 0, busPort = 0 } = nodes[0] ?? {};
    if (i > 0) await client.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort);
  }
  for (const client of clients)
    while (!/cluster_state:ok[^]*cluster_known_nodes:3/.test(await client.cluster('INFO')))
      await sleep(50);
  for (const client of clients) client.disconnect();
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

async function launch(
  server: string,
  args: string[],
  port: number,
  password = '',
): Promise<ChildProcess> {
  const child = tied(spawn(server, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  let said = '';
  child.stdout.on('data', (chunk) => (said = `${said}${String(chunk)}`.slice(-2000)));
  child.stderr.on('data', (chunk) => (said = `${said}${String(chunk)}`.slice(-2000)));
  const client = new Redis({ port, password, lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    for (let tries = 0; tries < 200; tries++) {
      if (child.exitCode !== null) break;
      // connect() resolves only when the server has loaded its data.
      if (
        await client.connect().then(
          () => true,
          () => false,
        )
      )
        return child;
      await sleep(25);
    }
    child.kill('SIGKILL');
    throw new Error(`${server} did not start on port ${port}. It said: ${said}`);
  } finally {
    client.disconnect();
  }
}

/**
 * A port that nobody listens on, below those that systems give to outgoing connections: a server that is killed and
 * started again finds it free.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

const installers = [
  ['apt-get', 'apt-get update -qq && apt-get install -y -qq redis-server'],
  ['dnf', 'dnf install -y -q valkey || dnf install -y -q redis'],
  ['apk', 'apk add --quiet redis || apk add --quiet valkey'],
  ['brew', 'brew install --quiet redis'],
] as const;

let found: string | undefined;

/** `redis-server` or `valkey-server`, installed with the system's package manager where neither is there. */
function findServer(): string {
  found ??= onPath() ?? install();
  return found;
}

function onPath(): string | undefined {
  return ['redis-server', 'valkey-server'].find(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  );
}

function install(): string {
  const isRoot = process.getuid?.() === 0;
  for (const [manager, script] of installers) {
    if (spawnSync(manager, ['--version'], { stdio: 'ignore' }).status !== 0) continue;
    const direct = isRoot || manager === 'brew';
    if (!direct && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) continue;
    console.info(`The tests need a Redis server: installing one with ${manager} …`);
    const command = direct ? ['sh', '-c', script] : ['sudo', '-n', 'sh', '-c', script];
    try {
      execFileSync(command[0] ?? 'sh', command.slice(1), {
        stdio: ['ignore', 'ignore', 'pipe'],
        // The tests start servers of their own: the package's service would only be in the way.
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      });
    } catch (cause) {
      throw new Error(`${manager} could not install a Redis server. ${howToInstall}`, { cause });
    }
    const server = onPath();
    if (server !== undefined) return server;
  }
  throw new Error(`The tests need redis-server (7 or newer) or valkey-server. ${howToInstall}`);
}

const howToInstall =
  'Install it (Debian, Ubuntu: sudo apt-get install redis-server; Fedora: sudo dnf install valkey; macOS: brew install redis), ' +
  'or set TEST_REDIS_URL to a server that the tests may fill, and run them again.';
