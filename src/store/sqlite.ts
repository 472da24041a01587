import { randomBytes } from 'node:crypto';
import type { SQLOutputValue } from 'node:sqlite';
import type { Event } from '../dialog/event.ts';
import { messageNeedle, positive, retryWait, timersOf } from './change.ts';
import {
  apartFrom,
  createTrust,
  deadPerOwner,
  defaultLeaseMs,
  keepCountsDays,
  lookAfterMs,
  maxFailures,
  maxLost,
  mostWaiting,
  paceFrom,
  paceMs,
  rememberMs,
} from './limits.ts';
import { fold } from './fold.ts';
import { digestOf, reminderEventId } from './owner-key.ts';
import { createSignal } from './signal.ts';
import { emptyJournal, openSqlite } from './sqlite-open.ts';
import { prepareStatements } from './sqlite-statements.ts';
import { createTransactions, explain, groupAccepts } from './sqlite-transaction.ts';
import type { Job, Store } from './store.ts';
import { createTroubleReport } from './trouble-report.ts';

export type SqliteStoreOptions = {
  /** The file, or `:memory:`. */
  path: string;
  /** Now in ms; for tests and the simulator. Leases run by it, too. */
  clock?: () => number;
  leaseMs?: number;
  /** Told when `take` cannot use the file, each kind of trouble at most every ten seconds. */
  onError?: (error: unknown) => void;
  /** Told when that has been over for ten seconds. */
  onBack?: () => void;
};

type Row = Record<string, SQLOutputValue>;

/** `free_ms` of an owner whose event may kill its worker: never free of itself. */
const waitsApart = Number.MAX_SAFE_INTEGER;

/**
 * The store in a file of its own through node:sqlite, for one instance. Nothing accepted is lost by kill -9 nor by a
 * power cut; a commit may be by the latter, with all that tells that its event was handed out. Then its turn is done
 * again as if for the first time: the spent token says nothing, and the answer is said again with the next reply.
 * @throws ConfigError when the file cannot be used.
 */
export function createSqliteStore(options: SqliteStoreOptions): Store {
  const { path, clock = Date.now, leaseMs = defaultLeaseMs, onError = () => {}, onBack } = options;
  const tell = createTroubleReport(onError, onBack);
  const db = openSqlite(path);
  const statements = prepareStatements(db);
  const mail = createSignal();
  const noncePrefix = randomBytes(6).toString('base64url');
  const transaction = createTransactions(db);
  const lookEveryMs = Math.min(lookAfterMs, leaseMs / 4);
  let leases = 0;
  let expiredAt = clock();
  const trusted = createTrust();
  let lookedApartAt = -Infinity;
  let closed = false;

  const accept = groupAccepts(
    (batch) =>
      transaction('durable', () =>
        batch.map((events) => {
          const accepted = events.filter((event) => deliver(roomFor(event), clock())).length;
          return { accepted, duplicates: events.length - accepted };
        }),
      ),
    mail.ring,
  );

  /** The event as it is kept: in a full mailbox it takes the place of others (fold.ts). */
  function roomFor(event: Event): Event {
    const { owner, id } = event;
    if (waiting(owner, mostWaiting) < mostWaiting || isKnown(id)) return event;
    const behind = statements.mailBehind.all({ owner, most: mostWaiting });
    const kept = fold(behind.map(toEvent), event);
    if (kept.instead !== undefined)
      statements.removeMail.run({ seq: Number(behind[kept.instead]?.['seq']) });
    return kept.event;
  }

  const isKnown = (id: string) =>
    statements.knows.get({ id, since: clock() - rememberMs }) !== undefined;

  /** How many events of the owner wait, counted up to `most`. */
  function waiting(owner: string, most: number): number {
    return Number(statements.countMail.get({ owner, most })?.['n']);
  }

  /** False when the event is known already, by `id`. */
  function deliver(event: Event, now: number, id = event.id): boolean {
    const { owner, receivedMs: received } = event;
    if (statements.remember.run({ id, now }).changes === 0) return false;
    statements.addMail.run({ owner, event: JSON.stringify(event), received, now });
    statements.queue.run({ owner });
    return true;
  }

  const take: Store['take'] = async ({ max, waitMs }) => {
    const until = performance.now() + waitMs;
    for (;;) {
      const jobs = closed ? [] : takeNow(max);
      const left = until - performance.now();
      if (jobs.length > 0 || left <= 0 || closed) return jobs;
      // Woken by new mail of this process; retries, lost leases and other processes are looked for now and then.
      await mail.wait(Math.min(left, lookEveryMs));
    }
  };

  function takeNow(max: number): Job[] {
    const now = clock();
    try {
      if (Math.abs(now - expiredAt) > 60_000) expire(now);
      const free = () => statements.free.all({ now, lease: leaseMs, apart: waitsApart, max });
      const apart = (most: number) => statements.apart.all({ apart: waitsApart, most });
      const look = performance.now() - lookedApartAt >= lookEveryMs;
      if (look) lookedApartAt = performance.now();
      const someApart = look && apart(1).length > 0;
      if (free().length === 0 && !someApart) return [];
      return transaction('quick', () => {
        const jobs = someApart ? handOutApart(apart(Math.min(max, trusted())), now) : [];
        const others = free().slice(0, max - jobs.length);
        return [...jobs, ...others.flatMap((row) => handOut(String(row['owner']), now))];
      });
    } catch (error) {
      tell(explain(error));
      return [];
    }
  }

  /** The fewer, the more often one of them was lost, so that one that may be buried next is alone. */
  function handOutApart(rows: readonly Row[], now: number): Job[] {
    const jobs: Job[] = [];
    let most = rows.length;
    for (const row of rows) {
      most = Math.min(most, 2 ** (maxLost - 1 - Number(row['lost'])));
      if (jobs.length >= most) break;
      jobs.push(...handOut(String(row['owner']), now, true));
    }
    return jobs;
  }

  /** `apart`: it may kill this worker, and nobody else of its kind is handed out now. */
  function handOut(owner: string, now: number, apart = false): Job[] {
    const head = statements.head.get({ owner });
    if (head === undefined) {
      statements.removeEmptyMailbox.run({ owner });
      return [];
    }
    const seq = Number(head['seq']);
    // How often it neither ended nor failed.
    const lost = Number(head['handed']) - Number(head['failed']);
    if (lost >= maxLost) {
      bury(owner, head, `handed out ${lost} times without an end`, now);
      return [];
    }
    if (lost >= apartFrom && !apart) {
      statements.requeue.run({ owner, free: waitsApart });
      return [];
    }
    const lease = `${seq} ${noncePrefix}${(leases++).toString(36)}`;
    statements.handOut.run({ seq });
    statements.lease.run({ owner, lease, until: now + leaseMs });
    const event: Event = JSON.parse(String(head['event']));
    return [
      { owner, event, state: stateOf(owner, now), attempt: Number(head['handed']) + 1, lease },
    ];
  }

  function stateOf(owner: string, now: number): unknown {
    const row = statements.state.get({ owner, now });
    return row === undefined ? null : JSON.parse(String(row['state']));
  }

  function bury(owner: string, head: Row, reason: string, now: number): void {
    statements.bury.run({ owner, event: String(head['event']), reason, now });
    statements.trimDead.run({ owner, keep: deadPerOwner });
    finish(owner, Number(head['seq']));
  }

  function finish(owner: string, seq: number): void {
    statements.removeMail.run({ seq });
    statements.removeEmptyMailbox.run({ owner });
    const free = waiting(owner, paceFrom) < paceFrom ? 0 : clock() + paceMs;
    statements.requeue.run({ owner, free });
    mail.ring();
  }

  const holds = (job: Job) => statements.leaseOf.get({ owner: job.owner })?.['lease'] === job.lease;

  const renew: Store['renew'] = async (jobs) =>
    transaction('quick', () => {
      const until = clock() + leaseMs;
      return jobs.filter(({ owner, lease }) => {
        const { changes } = statements.renew.run({ owner, lease, until });
        return changes > 0;
      }).length;
    });

  const commit: Store['commit'] = async (job, change) => {
    const { owner } = job;
    const seq = Number(job.lease.split(' ')[0]);
    const state = change.state === null ? undefined : JSON.stringify(change.state);
    const committed = transaction('quick', () => {
      if (!holds(job)) return false;
      if (change.forget) {
        for (const statement of statements.forgetKept) statement.run({ owner });
        finish(owner, seq);
        return true;
      }
      const ends = clock() + positive(change.ttlMs, 'ttlMs');
      if (state === undefined) statements.dropState.run({ owner });
      else statements.setState.run({ owner, state, ends });
      for (const id of change.unschedule ?? []) statements.dropTimer.run({ owner, id });
      for (const { id, dueMs } of timersOf(change))
        statements.setTimer.run({ owner, id, due: dueMs });
      if (change.forgetMessage !== undefined) {
        const needle = messageNeedle(change.forgetMessage);
        statements.forgetMail.run({ owner, needle });
        statements.forgetDead.run({ owner, needle });
      }
      finish(owner, seq);
      return true;
    });
    if (change.forget || change.forgetMessage !== undefined) erase();
    return committed;
  };

  const fail: Store['fail'] = async (job, failure) =>
    transaction('quick', () => {
      const { owner } = job;
      const head = holds(job) ? statements.head.get({ owner }) : undefined;
      if (head === undefined) return 'lost';
      const now = clock();
      if (Number(head['failed']) + 1 >= maxFailures) {
        bury(owner, head, failure.reason, now);
        return 'dead';
      }
      statements.failed.run({ seq: Number(head['seq']) });
      statements.requeue.run({ owner, free: now + retryWait(failure) });
      mail.ring();
      return 'retry';
    });

  const releaseDue: Store['releaseDue'] = async (nowMs, max, crowd = Infinity) => {
    if (statements.dueTimers.get({ now: nowMs, max: 1 }) === undefined) return 0;
    const released = transaction('durable', () => {
      const room = Math.max(1, crowd - Number(statements.countMailboxes.get()?.['n']));
      const due = statements.dueTimers.all({ now: nowMs, max: Math.min(max, room) });
      return due.filter((row) => {
        const [owner, id, dueMs] = [String(row['owner']), String(row['id']), Number(row['due_ms'])];
        statements.dropTimer.run({ owner, id });
        const event = reminderEvent(owner, id, dueMs, nowMs);
        // Unlike LINE's ids, those of timers are each owner's own; and what is remembered outlives the owner's data.
        return deliver(event, clock(), digestOf(`${owner} ${event.id}`));
      }).length;
    });
    mail.ring();
    return released;
  };

  const forget: Store['forget'] = async (owner) => {
    transaction('durable', () => {
      for (const statement of [...statements.forgetKept, ...statements.forgetAllMail])
        statement.run({ owner });
    });
    erase();
  };

  const recall: Store['recall'] = async (owner) =>
    transaction('quick', () => ({
      state: stateOf(owner, clock()),
      waiting: statements.allMail.all({ owner }).map(toEvent),
      timers: statements.allTimers
        .all({ owner })
        .map((row) => ({ id: String(row['id']), dueMs: Number(row['due_ms']) })),
      dead: statements.allDead.all({ owner }).map(toEvent),
    }));

  const stats: Store['stats'] = async (nowMs) => {
    const row = transaction('quick', () => statements.stats.get({ now: nowMs })) ?? {};
    const count = (name: string) => Number(row[name] ?? 0);
    return {
      waiting: count('waiting'),
      oldestMs: row['oldest'] === null ? 0 : Math.max(0, nowMs - count('oldest')),
      leased: count('leased'),
      timers: count('timers'),
      timersDue: count('timersDue'),
      dead: count('dead'),
    };
  };

  const count: Store['count'] = async (day, counts) =>
    transaction('quick', () => {
      for (const [name, n] of Object.entries(counts)) statements.addCount.run({ day, name, n });
      statements.dropOldCounts.run({ days: keepCountsDays });
    });

  const counts: Store['counts'] = async (days) =>
    days.map((day) =>
      Object.fromEntries(
        statements.countsOf.all({ day }).map((row) => [String(row['name']), Number(row['n'])]),
      ),
    );

  function expire(now: number): void {
    expiredAt = now;
    transaction('quick', () => {
      for (const statement of statements.expire) statement.run({ now });
    });
    erase();
  }

  /** What was deleted leaves the journal as well; at the next look, a minute later, when it cannot now. */
  function erase(): void {
    try {
      emptyJournal(db);
    } catch (error) {
      tell(explain(error));
    }
  }

  const ping: Store['ping'] = async () => transaction('quick', () => {});

  const close: Store['close'] = async () => {
    if (closed) return;
    closed = true;
    mail.ring();
    db.close();
  };

  return {
    accept,
    take,
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

function reminderEvent(owner: string, reminderId: string, dueMs: number, nowMs: number): Event {
  return {
    id: reminderEventId(reminderId, dueMs),
    owner,
    timestampMs: dueMs,
    receivedMs: nowMs,
    body: { kind: 'reminder', reminderId, dueMs },
  };
}

function toEvent(row: Row): Event {
  return JSON.parse(String(row['event']));
}
