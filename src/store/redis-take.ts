import { randomBytes } from 'node:crypto';
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from 'ioredis';
import type { Redis } from 'ioredis';
import type { Event } from '../dialog/event.ts';
import { createTrust, lookAfterMs } from './limits.ts';
import type { Calm } from './redis-calm.ts';
import { within } from './redis-outage.ts';
import type { RunScript } from './redis-scripts.ts';
import { listenForMail } from './redis-wait.ts';
import { createSignal } from './signal.ts';
import type { Job, Store } from './store.ts';

type Options = {
  client: Redis | Cluster;
  run: RunScript;
  /** The queue of each partition, by its number. */
  queueKeys: readonly string[];
  leaseMs: number;
  clock: () => number;
  /** Where the scripts announce each owner they queue. */
  wakeChannel: string;
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
export function createTaker(options: Options) {
  const { client, run, queueKeys, leaseMs, clock, calm, onError } = options;
  const partitionOf = new Map(queueKeys.map((key, partition) => [key, partition]));
  const groups: Group[] =
    client instanceof Cluster ? queueKeys.map((key) => [key]) : [[...queueKeys]];
  /** Wakes the takes that wait. */
  const bell = createSignal();
  /** Somebody has queued, or may have, since the last look. */
  let queued = true;
  const onMail = (): void => {
    queued = true;
    bell.ring();
  };
  const ear = listenForMail(client, { channel: options.wakeChannel, onMail, onError });
  const noncePrefix = randomBytes(6).toString('base64url');
  const lookEveryMs = Math.min(lookAfterMs, leaseMs / 4);
  let takes = 0;
  let next = 0;
  let lookedAfterAt = -Infinity;
  /** Calls of `take` under way, and how many jobs they ask for; after the last one, what it could have had besides. */
  let taking = 0;
  let asked = 0;
  /** Jobs that no take has given yet, and places for those that are being looked for. */
  const handed: Job[] = [];
  let promised = 0;
  /** Groups where somebody waits apart, and the first of them since when. */
  const apartSince = new Map<Group, number>();
  const trusted = createTrust();
  /** Groups that still owe an answer. */
  const silent = new Set<Group>();
  const answering = (group: Group) => !silent.has(group);
  let closed = false;

  const nextNonce = () => `${noncePrefix}${(takes++).toString(36)}`;

  const room = () => Math.max(0, asked - handed.length - promised);

  /** Runs `find` for as many jobs as there is room for, at most `most`; nobody else gets these places meanwhile. */
  async function withRoom<T>(most: number, find: (places: number) => Promise<T>): Promise<T> {
    const places = Math.min(most, room());
    promised += places;
    try {
      return await find(places);
    } finally {
      promised -= places;
      // Whoever waits for a place to look for the others.
      if (queued) bell.ring();
    }
  }

  async function takeNow(max: number): Promise<Job[]> {
    if (max === 0) return [];
    queued = false;
    const lookAfter = elapsed() - lookedAfterAt >= lookEveryMs;
    if (lookAfter) lookedAfterAt = elapsed();
    let [apartFor] = lookAfter ? ([...apartSince].toSorted(([, a], [, b]) => a - b)[0] ?? []) : [];
    const lookOf = (group: Group) => {
      if (!lookAfter) return '';
      return calm.reigns(group) ? 'calm' : 'all';
    };
    const takeFrom = async (group: Group, most: number): Promise<Job[]> => {
      const keys = turned(group, next);
      const nonce = nextNonce();
      const look = lookOf(group);
      const apart = group === apartFor && look === 'all' && apartSince.delete(group);
      const mostApart = apart ? trusted() : 0;
      // Once a look: a group that gave all it was asked for is asked again.
      if (apart) apartFor = undefined;
      const reply = await run('take', keys, [nonce, most, clock(), leaseMs, look, mostApart]);
      const values = reply as unknown[];
      if (values.length % 5 === 1) apartSince.set(group, Number(values.pop()));
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
    // There may be more than there was room for.
    if (rest.length > 0) onMail();
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
    bell.ring();
    if (taking === 0) await giveBackUnlessTaken();
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
        const lease = `${key} ${hash} ${nonce}`;
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
  }

  function toJobs(values: readonly unknown[], keys: readonly string[], nonce: string): Job[] {
    const jobs: Job[] = [];
    for (let i = 0; i + 4 < values.length; i += 5) {
      const [number, hash, attempt, state, json] = values.slice(i, i + 5);
      const key = keys[Number(number) - 1] ?? '';
      const event: Event = JSON.parse(String(json));
      next = (partitionOf.get(key) ?? 0) + 1;
      jobs.push({
        owner: event.owner,
        event,
        state: toState(state),
        attempt: Number(attempt),
        lease: [key, hash, nonce].join(' '),
      });
    }
    return jobs;
  }

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
    let look = waitMs <= 0;
    while (!closed) {
      if (handed.length > 0) return handed.splice(0, max);
      try {
        if (look || queued || elapsed() - lookedAfterAt >= lookEveryMs) {
          const jobs = await withRoom(max, takeNow);
          if (jobs.length > 0) return jobs;
        }
        if (handed.length > 0) continue;
        const left = until - elapsed();
        if (left <= 0) return [];
        look = false;
        // Short waits: between them this worker looks for retries that are due and for what others left.
        if (!queued || room() === 0) await bell.wait(Math.min(left, lookEveryMs));
      } catch (error) {
        queued = true;
        onError(error);
        await sleep(Math.max(20, Math.min(until - elapsed(), 100)));
        if (elapsed() >= until) return [];
      }
    }
    return [];
  }

  const close = async () => {
    closed = true;
    bell.ring();
    await ear.close();
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
