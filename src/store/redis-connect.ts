import { Cluster, Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import { ConfigError } from '../config.ts';
import {
  lacksRight,
  missingRight,
  nodeWithinMs,
  within,
  withoutArguments,
} from './redis-outage.ts';
import { forbiddenCommands } from './redis-scripts.ts';

/** Silence of a socket, with an answer owed, after which it is closed and opened anew. */
const silenceMs = 5000;

/**
 * Bounded back-off with jitter, so that many bots do not come back to a restarted Redis at once. No command outlives
 * its connection: it fails at once, and whoever sent it decides (a resent commit would be told that it lost its lease).
 */
const options = {
  protocol: 2,
  lazyConnect: true,
  maxRetriesPerRequest: 0,
  connectTimeout: 3000,
  socketTimeout: silenceMs,
  maxLoadingRetryTime: 300,
  disableClientInfo: true,
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
} satisfies RedisOptions;

const backOff = (times: number) =>
  Math.min(50 * 2 ** Math.min(times, 5), 1000) + Math.random() * 200;

/**
 * A client that is not connected yet. `redis://` and `rediss://` (TLS) mean one server,
 * `redis+cluster://[user:password@]host:port,host:port` and `rediss+cluster://` a cluster,
 * `redis+sentinel://[user:password@]host:port,host:port/name` and `rediss+sentinel://` the master of that name.
 * @throws ConfigError when the URL is none of these.
 */
export function createClient(url: string): Redis | Cluster {
  const cluster = /^(rediss?)\+cluster:\/\/(?:([^@/]*)@)?([^@/]+)\/?$/.exec(url);
  if (cluster !== null) return createCluster(cluster[1] ?? '', cluster[2], cluster[3] ?? '');
  const sentinel = /^(rediss?)\+sentinel:\/\/(?:([^@/]*)@)?([^@/]+)\/([\w.-]+)$/.exec(url);
  if (sentinel !== null) return createFailover(sentinel);
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) throw wrongUrl();
  return new Redis(url, { ...options, enableOfflineQueue: false, retryStrategy: backOff });
}

function wrongUrl(): ConfigError {
  return new ConfigError([
    '設定 REDIS_URL: redis://ホスト:ポート の形で指定してください(TLS は rediss://、クラスターは redis+cluster://ホスト:ポート,ホスト:ポート、Sentinel は redis+sentinel://ホスト:ポート,ホスト:ポート/マスターの名前)。パスワードの / # などは %2F %23 のように書きます。',
  ]);
}

function createFailover([, scheme, credentials, hosts = '', name = '']: RegExpExecArray): Redis {
  const client = new Redis({
    ...options,
    sentinels: nodesOf(hosts, 26_379),
    name,
    enableOfflineQueue: false,
    retryStrategy: backOff,
    sentinelRetryStrategy: backOff,
    // An old master that lives on takes writes for seconds after the failover, and they are lost: away from it at once.
    failoverDetector: true,
    ...loginOf(scheme, credentials),
    ...(scheme === 'rediss' && { enableTLSForSentinelMode: true }),
  });
  return goOn(client);
}

const closed = new WeakSet<Redis | Cluster>();

/** Ends a connection for good. */
export function closeClient(client: Redis | Cluster): void {
  closed.add(client);
  client.disconnect();
}

/** News of a failover that come while ioredis is connecting end the client for good: it is started anew. */
function goOn(client: Redis): Redis {
  client.on('end', () => {
    setTimeout(() => {
      if (!closed.has(client)) client.connect().catch(() => {});
    }, backOff(1));
  });
  return client;
}

function nodesOf(hosts: string, usualPort: number): { host: string; port: number }[] {
  return hosts.split(',').map((host) => {
    const { hostname = '', port = '' } = URL.parse(`redis://${host}`) ?? {};
    if (hostname === '') throw wrongUrl();
    return { host: hostname, port: port === '' ? usualPort : Number(port) };
  });
}

type Login = { username?: string; password?: string; tls?: object };

function loginOf(scheme: string | undefined, credentials = ''): Login {
  const [username = '', password = ''] = credentials.split(':').map(decodeURIComponent);
  return {
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    ...(scheme === 'rediss' && { tls: {} }),
  };
}

function createCluster(scheme: string, credentials: string | undefined, hosts: string): Cluster {
  return new Cluster(nodesOf(hosts, 6379), {
    lazyConnect: true,
    enableOfflineQueue: false,
    // A failover is waited for, but no longer than LINE waits for its answer.
    maxRedirections: 8,
    retryDelayOnFailover: 100,
    clusterRetryStrategy: backOff,
    redisOptions: { ...options, ...loginOf(scheme, credentials) },
  });
}

/** A second connection to the same server, for channels: it can do nothing else. It forgets them when it breaks. */
export function duplicateToListen(client: Redis): Redis {
  return goOn(client.duplicate({ autoResubscribe: false }));
}

type Looked = { upMs: number; evicts?: ConfigError };

/**
 * Connects and checks that it is Redis 7 (or Valkey, or newer), and lets the scripts do their work on these keys.
 * @returns for how long it has been up, in ms; on a cluster its youngest master, 0 when one is away. `evicts`: what to
 * tell the operator of a Redis (or a master) that throws away what it keeps when it is full.
 * @throws ConfigError with the remedy when it cannot be reached in time, refuses the password, lacks a right or is too old.
 */
export async function checkRedis(
  client: Redis | Cluster,
  { keys = [], withinMs = 10_000 }: { keys?: readonly string[]; withinMs?: number } = {},
): Promise<Looked> {
  let lastError: unknown;
  const remember = (error: unknown) => (lastError = error);
  client.on('error', remember);
  try {
    // Sentinels that do not answer are asked again without end.
    return await within(withinMs, connectAndLook(client, keys));
  } catch (error) {
    closeClient(client);
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([whatIsWrong(lastError ?? error)], {
      cause: withoutArguments(lastError ?? error),
    });
  } finally {
    client.off('error', remember);
  }
}

async function connectAndLook(client: Redis | Cluster, keys: readonly string[]): Promise<Looked> {
  const ready = new Promise((resolve) => client.once('ready', resolve));
  // A cluster whose first try meets a dead node connects at the second, and never says so to who called `connect`.
  await Promise.race([client.connect(), ready]);
  const masters = client instanceof Cluster ? client.nodes('master') : [client];
  const looks = await Promise.allSettled(masters.map((node) => within(nodeWithinMs, node.info())));
  const infos = looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []));
  const failed = looks.find((look) => look.status === 'rejected');
  const [info] = infos;
  if (info === undefined) throw failed?.reason;
  const version = /^redis_version:(\d+)[\d.]*/m.exec(info);
  if (client instanceof Redis && /^redis_mode:cluster/m.test(info))
    throw new ConfigError([
      '設定 REDIS_URL: この Redis はクラスターです。redis+cluster://ホスト:ポート,ホスト:ポート の形で指定してください。',
    ]);
  if (version === null || Number(version[1]) < 7)
    throw new ConfigError([
      `Redis が古すぎます(${version?.[0].split(':')[1] ?? '版が不明'})。Redis 7 以上か Valkey を使ってください。`,
    ]);
  const forbidden = await forbiddenCommands(client, keys);
  if (forbidden.length > 0) throw new ConfigError([missingRight(forbidden.join(', '))]);
  const policy = infos.map(evictionOf).find((found) => found !== undefined);
  return {
    upMs: failed ? 0 : Math.min(...infos.map(upMsOf)),
    ...(policy !== undefined && { evicts: evictsError(policy) }),
  };
}

/** By which policy it throws away keys once it is full; undefined: not at all. */
function evictionOf(info: string): string | undefined {
  const most = Number(/^maxmemory:(\d+)/m.exec(info)?.[1] ?? 0);
  const policy = /^maxmemory_policy:([\w-]+)/m.exec(info)?.[1];
  return most > 0 && policy !== 'noeviction' ? policy : undefined;
}

function evictsError(policy: string): ConfigError {
  return new ConfigError([
    `Redis の maxmemory-policy が ${policy} です。いっぱいになると、受け取った言葉や会話を黙って消し、返事をしなくなります。maxmemory-policy を noeviction にしてください(docs/scaling.md)。`,
  ]);
}

function upMsOf(info: string): number {
  return Number(/^uptime_in_seconds:(\d+)/m.exec(info)?.[1] ?? 0) * 1000;
}

function whatIsWrong(error: unknown): string {
  const nodeError: unknown =
    error instanceof Error ? Reflect.get(error, 'lastNodeError') : undefined;
  const message = [error, nodeError].map((e) => (e instanceof Error ? e.message : '')).join(' ');
  if (message.includes('cluster support disabled'))
    return '設定 REDIS_URL: この Redis はクラスターではありません。redis://ホスト:ポート の形で指定してください。';
  if (lacksRight(message)) return missingRight(message.trim());
  if (/WRONGPASS|NOAUTH|AUTH/.test(message))
    return '設定 REDIS_URL: Redis がユーザー名かパスワードを受け付けません。redis://ユーザー名:パスワード@ホスト:ポート の形で正しいものを指定してください。';
  if (message.includes('sentinels'))
    return '設定 REDIS_URL: マスターの場所を Sentinel から聞けません。Sentinel が動いているか、そのホスト名とポート、URL の終わりのマスターの名前、ファイアウォールを確かめてください。';
  return '設定 REDIS_URL: Redis に接続できません。Redis が動いているか、ホスト名とポート、ファイアウォールを確かめてください(Redis なしで使うには REDIS_URL を空にします)。';
}
