import { Cluster } from 'ioredis';
import type { Event } from '../dialog/event.ts';
import { defaultLeaseMs, keepCountsDays, rememberMs } from './limits.ts';
import { moreToDo, positive, retryWait } from './change.ts';
import { StoreUnavailable } from './errors.ts';
import { hourOf, queueKeysOf, markOf, placeOf } from './owner-key.ts';
import { createCalm } from './redis-calm.ts';
import { checkRedis, closeClient, createClient } from './redis-connect.ts';
import { explain, isFull, within } from './redis-outage.ts';
import { defineScripts } from './redis-scripts.ts';
import type { RunScript } from './redis-scripts.ts';
import { createTaker, turned } from './redis-take.ts';
import type { Change, Counts, Job, Store, StoreStats } from './store.ts';
import { createTroubleReport } from './trouble-report.ts';

export type RedisStoreOptions = {
  /** `redis://`, `redis+cluster://host:port,…`, `redis+sentinel://host:port,…/name`; each also with `rediss`. */
  url: string;
  /** Now in ms; for tests and the simulator. Leases run by the clock of Redis. */
  clock?: () => number;
  leaseMs?: number;
  /** Never to be changed while data is there: owners are found by it. */
  partitions?: number;
  prefix?: string;
  /**
   * Told about outages, each kind at most every ten seconds, from which everything recovers by itself; and at the start
   * of a Redis that may throw away what it was given.
   */
  onError?: (error: unknown) => void;
  /** Told when an outage has been over for ten seconds. */
  onBack?: () => void;
};

const pingWithinMs = 1000;

const adoptEveryMs = 10_000;

/**
 * The store in Redis 7 or Valkey, for any number of instances. Every change is one Lua script (lua/*.lua).
 * While Redis is away `take` waits and gives [], all other calls throw StoreUnavailable: at once without a connection
 * or a right, within a second (`accept`, `ping`) or five when it hangs.
 * @throws ConfigError when Redis cannot be reached at the start, forbids to look at its version, or is too old.
 */
export async function createRedisStore(options: RedisStoreOptions): Promise<Store> {
  const {
    clock = Date.now,
    leaseMs = defaultLeaseMs,
    partitions = 16,
    prefix = 'madoguchi',
    onError = () => {},
    onBack,
  } = options;
  const client = createClient(options.url);
  const tell = createTroubleReport(onError, onBack);
  const report = (error: unknown) => tell(explain(error));
  // Without a listener of its own ioredis prints; connecting again needs no help.
  client.on('error', report);
  const queueKeys = queueKeysOf({ prefix, partitions });
  const { upMs, evicts } = await checkRedis(client, { keys: queueKeys });
  // It works until it is full, so the bot starts.
  if (evicts) report(evicts);

  const wakeChannel = `${prefix}:wake`;
  const script = defineScripts(client, wakeChannel);
  const calm = createCalm(queueKeys, { leaseMs, upMs });
  client.on('ready', () => calm.begin());
  const run: RunScript = async (name, keys, args) => {
    try {
      return await script(name, keys, args);
    } catch (error) {
      const explained = explain(error);
      if (explained instanceof StoreUnavailable && !isFull(error)) calm.begin(keys);
      throw explained;
    }
  };
  const queueKey = (partition: number) => queueKeys[partition] ?? '';
  let releases = 0;
  const taker = createTaker({
    client,
    run,
    queueKeys,
    leaseMs,
    clock,
    wakeChannel,
    calm,
    onError: report,
  });

  const adopt = () => {
    for (const group of taker.groups.filter(taker.answering))
      void run('adopt', group, [leaseMs]).catch(report);
  };
  adopt();
  // A version before may still be running, and stop later.
  const adopting = setInterval(adopt, adoptEveryMs).unref();

  async function accept(events: readonly Event[]) {
    const now = clock();
    const byKey = new Map<string, { mail: { event: Event; hash: string }[]; args: string[] }>();
    for (const event of events) {
      const { partition, hash } = placeOf(event.owner, partitions);
      const key = queueKey(partition);
      const share = byKey.get(key) ?? { mail: [], args: [] };
      share.mail.push({ event, hash });
      share.args.push(hash, markOf(event.id), JSON.stringify(event));
      byKey.set(key, share);
    }
    const kept = await Promise.all(
      [...byKey].map(([key, share]) =>
        taker.handOver(key, share.mail, (lease) =>
          run('accept', [key], [now, ...idHours(now), ...lease, ...share.args]),
        ),
      ),
    );
    const accepted = kept.reduce((sum, each) => sum + each, 0);
    return { accepted, duplicates: events.length - accepted };
  }

  async function renew(jobs: readonly Job[]): Promise<number> {
    const byKey = new Map<string, string[]>();
    for (const { lease } of jobs) {
      const [key = '', ...held] = lease.split(' ');
      byKey.set(key, [...(byKey.get(key) ?? []), ...held]);
    }
    const renewed = await Promise.all(
      [...byKey].map(([key, held]) => run('renew', [key], [leaseMs, ...held])),
    );
    return renewed.reduce<number>((sum, each) => sum + Number(each), 0);
  }

  async function commit(job: Job, change: Change): Promise<boolean> {
    const [key = '', hash = '', nonce = ''] = job.lease.split(' ');
    if (change.forget) {
      const done = await run('forget', [key], [hash, clock(), nonce]);
      return done === 1;
    }
    const state = change.state === null ? '' : (JSON.stringify(change.state) ?? '');
    const more = moreToDo(job.owner, change);
    const ttlMs = positive(change.ttlMs, 'ttlMs');
    const done = await run('commit', [key], [hash, nonce, clock(), state, ttlMs, ...more]);
    return done === 1;
  }

  async function fail(job: Job, failure: { reason: string; retryInMs: number }) {
    const [key = '', ...held] = job.lease.split(' ');
    const reason = JSON.stringify(failure.reason);
    const outcome = await run('fail', [key], [...held, clock(), retryWait(failure), reason]);
    return outcome === 'retry' || outcome === 'dead' ? outcome : 'lost';
  }

  async function releaseDue(nowMs: number, max: number, crowd = Number.POSITIVE_INFINITY) {
    const now = clock();
    const crowdOfGroup = Math.ceil(Math.min(crowd, 1e9) / taker.groups.length);
    releases += 1;
    let released = 0;
    for (const group of turned(taker.groups, releases).filter(taker.answering)) {
      if (released >= max) break;
      const keys = turned(group, releases);
      const args = [nowMs, max - released, now, ...idHours(now), crowdOfGroup];
      released += Number(await run('release', keys, args));
    }
    return released;
  }

  async function forget(owner: string): Promise<void> {
    const { partition, hash } = placeOf(owner, partitions);
    await run('forget', [queueKey(partition)], [hash, clock()]);
  }

  async function recall(owner: string) {
    const { partition, hash } = placeOf(owner, partitions);
    const reply = await run('recall', [queueKey(partition)], [hash, clock()]);
    const [state, waiting, timers, dead] = reply as [string, string[], string[], string[]];
    return {
      state: state === '' ? null : (JSON.parse(state) as unknown),
      waiting: waiting.map((event): Event => JSON.parse(event)),
      timers: timers
        .flatMap((id, i) =>
          i % 2 === 0 && id !== '' ? [{ id, dueMs: Number(timers[i + 1]?.split(' ')[0]) }] : [],
        )
        .toSorted((a, b) => a.dueMs - b.dueMs),
      dead: dead.map((letter) => (JSON.parse(letter) as { event: Event }).event),
    };
  }

  async function stats(nowMs: number): Promise<StoreStats> {
    const each = (await Promise.all(
      queueKeys.map((key) => run('stats', [key], [nowMs])),
    )) as number[][];
    const sum = (i: number) => each.reduce((total, numbers) => total + (numbers[i] ?? 0), 0);
    const received = each.map((numbers) => numbers[1] ?? 0).filter((ms) => ms > 0);
    return {
      waiting: sum(0),
      oldestMs: received.length === 0 ? 0 : Math.max(0, nowMs - Math.min(...received)),
      leased: sum(2),
      timers: sum(3),
      timersDue: sum(4),
      dead: sum(5),
    };
  }

  const countsKey = (day: string) => `${prefix}:counts:${day}`;

  async function count(day: string, added: Counts): Promise<void> {
    const key = countsKey(day);
    const batch = client.pipeline();
    for (const [name, n] of Object.entries(added)) batch.hincrby(key, name, n);
    batch.expire(key, keepCountsDays * 24 * 60 * 60);
    const results = await batch.exec();
    for (const [error] of results ?? []) if (error) throw explain(error);
  }

  async function counts(days: readonly string[]): Promise<Counts[]> {
    try {
      const found = await Promise.all(days.map((day) => client.hgetall(countsKey(day))));
      return found.map((names) =>
        Object.fromEntries(Object.entries(names).map(([name, n]) => [name, Number(n)])),
      );
    } catch (error) {
      throw explain(error);
    }
  }

  async function ping(): Promise<void> {
    // On a cluster each partition must be reachable, wherever it lives just now.
    const asked =
      client instanceof Cluster ? queueKeys.map((key) => client.exists(key)) : [client.ping()];
    try {
      await within(pingWithinMs, Promise.all<unknown>(asked));
    } catch (error) {
      throw explain(error);
    }
  }

  async function close(): Promise<void> {
    clearInterval(adopting);
    await taker.close();
    closeClient(client);
  }

  return {
    accept,
    take: taker.take,
    renew,
    commit,
    fail,
    releaseDue,
    forget,
    recall,
    stats,
    count,
    counts,
    ping,
    close,
  };
}

/** The hour of now, and the one before which event ids are forgotten. */
function idHours(nowMs: number): [string, string] {
  return [hourOf(nowMs), hourOf(nowMs - rememberMs)];
}
