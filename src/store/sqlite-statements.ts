import type { DatabaseSync } from 'node:sqlite';
import { keepDeadMs, keepMailMs, keepTimerMs, longestRetryMs, rememberMs } from './limits.ts';

/** Every statement of the SQLite store, prepared once. */
export function prepareStatements(db: DatabaseSync) {
  const sql = (text: string) => db.prepare(text);
  return {
    remember: sql(`INSERT INTO seen (id, at_ms) VALUES (:id, :now)
      ON CONFLICT (id) DO UPDATE SET at_ms = :now WHERE at_ms <= :now - ${rememberMs}`),
    knows: sql(`SELECT 1 FROM seen WHERE id = :id AND at_ms > :since`),
    addMail: sql(
      `INSERT INTO mail (owner, event, received_ms, at_ms) VALUES (:owner, :event, :received, :now)`,
    ),
    mailBehind: sql(`SELECT seq, event FROM mail WHERE owner = :owner ORDER BY seq
      LIMIT -1 OFFSET :most`),
    countMail: sql(
      `SELECT count(*) AS n FROM (SELECT 1 FROM mail WHERE owner = :owner LIMIT :most)`,
    ),
    // A mailbox that is there already keeps its place, its retry and its lease.
    queue: sql(`INSERT INTO mailbox (owner, turn, free_ms)
      VALUES (:owner, (SELECT coalesce(max(turn), 0) + 1 FROM mailbox), 0) ON CONFLICT (owner) DO NOTHING`),

    // A lease or a retry that seems to end later than any can was made before the clock went back.
    free: sql(`SELECT owner FROM mailbox
      WHERE free_ms <= :now
        OR (free_ms > :now + iif(lease IS NULL, ${longestRetryMs}, :lease) AND free_ms <> :apart)
      ORDER BY turn LIMIT :max`),
    apart: sql(`SELECT owner,
      (SELECT handed - failed FROM mail WHERE mail.owner = mailbox.owner ORDER BY seq LIMIT 1) AS lost
      FROM mailbox WHERE free_ms = :apart ORDER BY turn LIMIT :most`),
    head: sql(
      `SELECT seq, event, handed, failed FROM mail WHERE owner = :owner ORDER BY seq LIMIT 1`,
    ),
    handOut: sql(`UPDATE mail SET handed = handed + 1 WHERE seq = :seq`),
    lease: sql(`UPDATE mailbox SET lease = :lease, free_ms = :until WHERE owner = :owner`),
    state: sql(`SELECT state FROM conversation WHERE owner = :owner AND ends_ms > :now`),

    renew: sql(`UPDATE mailbox SET free_ms = :until WHERE owner = :owner AND lease = :lease`),
    leaseOf: sql(`SELECT lease FROM mailbox WHERE owner = :owner`),
    removeMail: sql(`DELETE FROM mail WHERE seq = :seq`),
    requeue: sql(`UPDATE mailbox SET lease = NULL, free_ms = :free,
      turn = (SELECT max(turn) + 1 FROM mailbox) WHERE owner = :owner`),
    removeEmptyMailbox: sql(`DELETE FROM mailbox
      WHERE owner = :owner AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.owner = :owner)`),
    setState: sql(`INSERT INTO conversation (owner, state, ends_ms) VALUES (:owner, :state, :ends)
      ON CONFLICT (owner) DO UPDATE SET state = :state, ends_ms = :ends`),
    dropState: sql(`DELETE FROM conversation WHERE owner = :owner`),
    failed: sql(`UPDATE mail SET failed = failed + 1 WHERE seq = :seq`),

    setTimer: sql(`INSERT INTO timer (owner, id, due_ms) VALUES (:owner, :id, :due)
      ON CONFLICT (owner, id) DO UPDATE SET due_ms = :due`),
    dropTimer: sql(`DELETE FROM timer WHERE owner = :owner AND id = :id`),
    dueTimers: sql(
      `SELECT owner, id, due_ms FROM timer WHERE due_ms <= :now ORDER BY due_ms LIMIT :max`,
    ),

    countMailboxes: sql(`SELECT count(*) AS n FROM mailbox`),

    bury: sql(
      `INSERT INTO dead (owner, event, reason, at_ms) VALUES (:owner, :event, :reason, :now)`,
    ),
    trimDead: sql(`DELETE FROM dead WHERE seq IN
      (SELECT seq FROM dead WHERE owner = :owner ORDER BY seq DESC LIMIT -1 OFFSET :keep)`),

    forgetMail: sql(`DELETE FROM mail WHERE owner = :owner AND instr(event, :needle) > 0`),
    forgetDead: sql(`DELETE FROM dead WHERE owner = :owner AND instr(event, :needle) > 0`),
    forgetKept: ['conversation', 'timer', 'dead'].map((table) =>
      sql(`DELETE FROM ${table} WHERE owner = :owner`),
    ),
    forgetAllMail: ['mail', 'mailbox'].map((table) =>
      sql(`DELETE FROM ${table} WHERE owner = :owner`),
    ),

    allMail: sql(`SELECT event FROM mail WHERE owner = :owner ORDER BY seq`),
    allTimers: sql(`SELECT id, due_ms FROM timer WHERE owner = :owner ORDER BY due_ms`),
    allDead: sql(`SELECT event FROM dead WHERE owner = :owner ORDER BY seq`),

    addCount: sql(`INSERT INTO tally (day, name, n) VALUES (:day, :name, :n)
      ON CONFLICT (day, name) DO UPDATE SET n = n + excluded.n`),
    countsOf: sql(`SELECT name, n FROM tally WHERE day = :day`),
    // Days sort as text; the newest stay.
    dropOldCounts: sql(`DELETE FROM tally WHERE day NOT IN
      (SELECT DISTINCT day FROM tally ORDER BY day DESC LIMIT :days)`),

    stats: sql(`SELECT
      (SELECT count(*) FROM mail) AS waiting,
      (SELECT min(received_ms) FROM mail) AS oldest,
      (SELECT count(*) FROM mailbox WHERE lease IS NOT NULL AND free_ms > :now) AS leased,
      (SELECT count(*) FROM timer WHERE due_ms > :now) AS timers,
      (SELECT count(*) FROM timer WHERE due_ms <= :now) AS timersDue,
      (SELECT count(*) FROM dead) AS dead`),

    expire: [
      sql(`DELETE FROM conversation WHERE ends_ms <= :now`),
      sql(`DELETE FROM seen WHERE at_ms <= :now - ${rememberMs}`),
      sql(`DELETE FROM dead WHERE at_ms <= :now - ${keepDeadMs}`),
      sql(`DELETE FROM timer WHERE due_ms <= :now - ${keepTimerMs}`),
      sql(`DELETE FROM mail WHERE at_ms <= :now - ${keepMailMs}`),
    ],
  };
}
