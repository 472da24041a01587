import { randomBytes } from 'node:crypto';
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from 'ioredis';
import type { Redis } from 'ioredis';
import type { Event } from '../dialog/event.ts';
import { createTrust, lookAfterMs } from './limits.ts';
import type { Calm } from './redis-calm.ts';
import { within } from './redis-outage.ts';
import type { RunScript } from './redis-scripts.ts';
import { blockForMail, listenForMail } from './redis-wait.ts';
import type { Claimed } from './redis-wait.ts';
import type { Job, Store } from './store.ts';

type Options = {
  client: Redis | Cluster;
  run: RunScript;
  /** The mail stream of each partition, by its number. */
  mailKeys: readonly string[];
  worker: string;
  leaseMs: number;
  workerGoneMs: number;
  clock: () => number;
  wakeChannel: string | undefined;
  calm: Calm;
  onError: (error: unknown) => void;
};

/** Milliseconds that no change of the system's clock moves. */
const elapsed = () => Math.floor(performance.now());

/** LINE waits two seconds for its answer: what is not kept by then is refused, and comes again. */
const acceptWithinMs = 1000;

/** On a cluster: a node that has not answered by then is not waited for. Far longer than any script takes. */
const silentAfterMs = 300;

/** Partitions that surely live on one node: a script may touch several of these. */
type Group = readonly string[];

/**
 * The taking half of the Redis store. While Redis is away, `take` waits for it as long as it would wait for mail, tells
 * `onError`, and resolves [].
 */
export async function createTaker(options: Options) {
  const { client, run, worker, leaseMs, clock, calm, onError } = options;
  const partitionOf = new Map(options.mailKeys.map((key, partition) => [key, partition]));
  const groups: Group[] =
    client instanceof Cluster ? options.mailKeys.map((key) => [key]) : [[...options.mailKeys]];
  const waiter =
    client instanceof Cluster
      ? listenForMail(client, options.wakeChannel ?? '', onError)
      : await blockForMail(client, options.mailKeys, worker, onError);
  const noncePrefix = randomBytes(4).toString('base64url');
  const lookEveryMs = Math.min(lookAfterMs, leaseMs / 4);
  let takes = 0;
  let next = 0;
  let lookedAfterAt = -Infinity;
  let sweptAt = elapsed();
  /** Calls of `take` under way, and how many jobs they ask for; after the last one, what it could have had besides. */
  let taking = 0;
  let asked = 0;
  /** Jobs that no take has given yet, and places for those that are being looked for. */
  const handed: Job[] = [];
  let promised = 0;
  let wake: (() => void) | undefined;
  /** Groups where somebody waits apart, and the first of them since when. */
  const apartSince = new Map<Group, number>();
  const trusted = createTrust();
  /** Groups that still owe an answer. */
  const silent = new Set<Group>();
  const answering = (group: Group) => !silent.has(group);
  /** The last wait failed. */
  let blind = false;
  const leaving = new AbortController();

  const nextNonce = () => `${noncePrefix}${(takes++).toString(36)}`;

  /** Runs `find` for as many jobs as there is room for, at most `most`; nobody else gets these places meanwhile. */
  async function withRoom<T>(most: number, find: (places: number) => Promise<T>): Promise<T> {
    const places = Math.max(0, Math.min(most, asked - handed.length - promised));
    promised += places;
    try {
      return await find(places);
    } finally {
      promised -= places;
    }
  }

  async function takeNow(max: number): Promise<Job[]> {
    if (max === 0) return [];
    const lookAfter = elapsed() - lookedAfterAt >= lookEveryMs;
    if (lookAfter) lookedAfterAt = elapsed();
    const [apartFor] = lookAfter
      ? ([...apartSince].toSorted(([, a], [, b]) => a - b)[0] ?? [])
      : [];
    const leaseOf = (group: Group) => {
      if (!lookAfter) return '';
      return calm.reigns(group) ? 'calm' : leaseMs;
    };
    const takeFrom = async (group: Group, most: number): Promise<Job[]> => {
      const keys = turned(group, next);
      const nonce = nextNonce();
      const lease = leaseOf(group);
      const apart = group === apartFor && lease === leaseMs && apartSince.delete(group);
      const mostApart = apart ? trusted() : 0;
      const reply = await run('take', keys, [worker, nonce, most, clock(), lease, mostApart]);
      const values = reply as unknown[];
      if (values.length % 6 === 1) apartSince.set(group, Number(values.pop()));
      return toJobs(values, keys, nonce);
    };
    const jobs: Job[] = [];
    // After the partition that was served last, so that none waits for another that is always full.
    let rest = turned(groups, next).filter(answering);
    while (rest.length > 0 && jobs.length < max) {
      const round = rest.slice(0, max - jobs.length);
      const share = Math.floor((max - jobs.length) / round.length);
      const results = await answers(round, (group) => takeFrom(group, share));
      // What one node of a cluster gave is not lost because another is away.
      const given = results.map((result) => (result.status === 'fulfilled' ? result.value : []));
      jobs.push(...given.flat());
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined && jobs.length === 0) throw failed.reason;
      if (failed !== undefined) onError(failed.reason);
      // Who gave all that was asked for may have more.
      const full = round.filter((_, i) => (given[i]?.length ?? 0) >= share);
      rest = [...rest.slice(round.length), ...full];
    }
    return jobs;
  }

  /**
   * What the groups give. On a cluster nobody waits long for a node that has gone silent: what it gives in the end is
   * for the takes to come, and until then it is not asked again.
   */
  async function answers(round: readonly Group[], ask: (group: Group) => Promise<Job[]>) {
    if (groups.length === 1) return Promise.allSettled(round.map(ask));
    const answered = new AbortController();
    const { signal } = answered;
    const tooLong = sleep(silentAfterMs, undefined, { signal }).catch(() => undefined);
    const each = round.map(async (group) => {
      const answer = ask(group);
      const jobs = await Promise.race([answer, tooLong]);
      if (jobs !== undefined) return jobs;
      silent.add(group);
      void answer.then(hand, onError).finally(() => silent.delete(group));
      return [];
    });
    const results = await Promise.allSettled(each);
    answered.abort();
    return results;
  }

  /** Jobs for the takes that go on; there may be none any more. */
  async function hand(jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    handed.push(...jobs);
    wake?.();
    if (taking === 0) await giveBackUnlessTaken();
  }

  async function load(claimed: readonly Claimed[], max: number): Promise<Job[]> {
    const keys = claimed.map(({ key }) => key);
    const nonce = nextNonce();
    const entries = claimed.flatMap(({ id, hash }) => [id, hash]);
    return toJobs(await run('load', keys, [nonce, max, clock(), ...entries]), keys, nonce);
  }

  /**
   * Has the accept script lease jobs as well, as many as `take` has room for: they need no second way to Redis, which
   * does a third less for them. `accept` gets the script's places, nonce and lease ms, and resolves to its reply. This
   * resolves to how many of the events were new; it rejects after a second, and what comes later is worked on, too.
   */
  async function handOver(
    key: string,
    mail: readonly { event: Event; hash: string }[],
    accept: (lease: readonly (string | number)[]) => Promise<unknown>,
  ): Promise<number> {
    const nonce = nextNonce();
    const keep = async (places: number): Promise<number> => {
      const [fresh, ...leased] = (await accept([places, nonce, leaseMs])) as [number, ...string[]];
      const jobs: Job[] = [];
      for (let i = 0; i + 1 < leased.length; i += 2) {
        const one = mail[Number(leased[i])];
        if (one === undefined) continue;
        const { event, hash } = one;
        const state = toState(leased[i + 1]);
        const lease = `${key} ${hash} - ${nonce}`;
        jobs.push({ owner: event.owner, event, state, attempt: 1, lease });
      }
      await hand(jobs);
      return fresh;
    };
    return withRoom(mail.length, (places) => within(acceptWithinMs, keep(places)));
  }

  /**
   * Whoever works calls `take` again at once. Who does not has stopped, and what was leased for it goes back: a worker
   * that stops leaves no job behind.
   */
  async function giveBackUnlessTaken(): Promise<void> {
    await soon();
    if (taking > 0) return;
    asked = 0;
    await Promise.all(
      handed.splice(0).map(({ lease }) => {
        const [key = '', ...held] = lease.split(' ');
        // What cannot be given back is taken over when its lease has run out.
        return run('give-back', [key], held).catch(onError);
      }),
    );
    void giveBackLateMail();
  }

  /** A look for mail goes on for a moment after its take has ended: what it finds must not lie there. */
  async function giveBackLateMail(): Promise<void> {
    try {
      const claimed = await waiter.drain();
      if (claimed.length === 0) return;
      await hand(await load(claimed, taking > 0 ? claimed.length : 0));
    } catch (error) {
      onError(error);
    }
  }

  /** Waits for mail; what `accept` leases meanwhile ends it early. */
  async function wait(ms: number, max: number): Promise<Claimed[] | undefined> {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    return waiter.wait(ms, max, promise);
  }

  function toJobs(reply: unknown, keys: readonly string[], nonce: string): Job[] {
    const jobs: Job[] = [];
    if (!Array.isArray(reply)) return jobs;
    for (let i = 0; i + 5 < reply.length; i += 6) {
      const key = keys[Number(reply[i]) - 1] ?? '';
      const event: Event = JSON.parse(reply[i + 5]);
      next = (partitionOf.get(key) ?? 0) + 1;
      jobs.push({
        owner: event.owner,
        event,
        state: toState(reply[i + 4]),
        attempt: Number(reply[i + 3]),
        lease: [key, reply[i + 1], reply[i + 2], nonce].join(' '),
      });
    }
    return jobs;
  }

  function sweepSometimes(): void {
    if (elapsed() - sweptAt < options.workerGoneMs / 4) return;
    sweptAt = elapsed();
    void sweep('').catch(onError);
  }

  const sweep = (last: '' | '1') =>
    Promise.all(groups.map((group) => run('sweep', group, [options.workerGoneMs, worker, last])));

  const take: Store['take'] = async ({ max, waitMs }) => {
    taking += 1;
    asked = taking === 1 ? max : asked + max;
    const jobs = await takeOrWait(max, waitMs);
    taking -= 1;
    asked -= taking > 0 ? max : jobs.length;
    if (taking === 0) void giveBackUnlessTaken();
    return jobs;
  };

  /** Never rejects. */
  async function takeOrWait(max: number, waitMs: number): Promise<Job[]> {
    const until = elapsed() + waitMs;
    let waiting = false;
    // The waiter may bring one of each partition more than it was asked for, and these would go back.
    let look = !waiter.gives || waitMs <= 0 || max < options.mailKeys.length;
    while (!leaving.signal.aborted) {
      if (handed.length > 0) return handed.splice(0, max);
      try {
        sweepSometimes();
        if (look || elapsed() - lookedAfterAt >= lookEveryMs) {
          const jobs = await withRoom(max, takeNow);
          if (jobs.length > 0) return jobs;
        }
        if (handed.length > 0) continue;
        const left = until - elapsed();
        if (left <= 0) return [];
        // Short waits: between them this worker looks for retries that are due and for what others left.
        waiting = true;
        const claimed = await wait(Math.min(left, lookEveryMs), max);
        waiting = false;
        blind = false;
        look = claimed === undefined;
        // Before what accepts have leased meanwhile: it has waited longer, and gave its place in the queue away.
        if (claimed && claimed.length > 0) handed.unshift(...(await load(claimed, max)));
      } catch (error) {
        look = true;
        onError(error);
        // Were it only the waiting that fails, time and again, nothing would ever be taken over.
        if (waiting && !blind) calm.begin();
        blind = waiting;
        waiting = false;
        await sleep(Math.max(20, Math.min(until - elapsed(), 100)));
        if (elapsed() >= until) return [];
      }
    }
    return [];
  }

  const close = async () => {
    leaving.abort();
    const claimed = await waiter.close();
    if (claimed.length > 0) await load(claimed, 0);
    await sweep('1');
  };

  return { take, handOver, groups, answering, close };
}

/** Begins elsewhere each time, so that no partition comes first for ever. */
export function turned<T>(list: readonly T[], turn: number): T[] {
  const start = turn % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

function toState(json: unknown): unknown {
  return typeof json === 'string' && json !== '' ? JSON.parse(json) : null;
}
