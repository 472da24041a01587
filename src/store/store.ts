import type { Event } from '../dialog/event.ts';

/**
 * The durable, deduplicated inbox with one mailbox per owner (a user, a group or a room), and each owner's state.
 * Two engines implement it (redis.ts, sqlite.ts) and pass the same contract suite.
 *
 * What every engine promises:
 * - An event that `accept` has returned for is on disk as far as the engine can say, and is handed out until it is
 *   committed, forgotten or dead.
 * - Events of one owner are handed out in the order of acceptance, one at a time: while a job is leased, no other
 *   job of that owner is.
 * - A job whose worker died is handed out again once its lease has run out (`leaseMs`, at most 10 s).
 * - `commit` and `fail` change everything or nothing, and only while the lease is still held.
 * - Whatever belongs to an owner expires by itself.
 */
export interface Store {
  /**
   * Keeps the events, each at most once by its id (ids are remembered for 24 h).
   * Throws when the engine cannot keep them, within about a second: then nobody may tell LINE that they arrived, and
   * LINE, which waits two seconds, hears why.
   */
  accept(events: readonly Event[]): Promise<Accepted>;

  /** Leases up to `max` jobs, each of another owner. Waits up to `waitMs` when there is none; [] then. */
  take(options: { max: number; waitMs: number }): Promise<Job[]>;

  /** Makes the leases that are still held begin anew, for turns that take long; says how many are. */
  renew(jobs: readonly Job[]): Promise<number>;

  /** Ends the job: its event is gone and `change` is made, atomically. False: the lease was lost, nothing changed. */
  commit(job: Job, change: Change): Promise<boolean>;

  /**
   * Gives the job back, to be handed out again after `retryInMs`, at most a minute; the owner's later events wait
   * behind it. After the fifth failure the event goes to the dead letters and the owner's next event goes on.
   */
  fail(
    job: Job,
    failure: { reason: string; retryInMs: number },
  ): Promise<'retry' | 'dead' | 'lost'>;

  /**
   * Turns timers due at `nowMs` into `reminder` events in their owners' mailboxes, at most `max`; says how many.
   * `crowd`: no more than keep the owners who have mail below this number (over all instances), but one in any case,
   * so that nobody's message queues behind thousands of reminders (on a cluster both hold for each partition's share).
   */
  releaseDue(nowMs: number, max: number, crowd?: number): Promise<number>;

  /** Deletes everything of the owner, dead letters and running jobs' right to commit included. */
  forget(owner: string): Promise<void>;

  /** Everything stored of the owner. */
  recall(owner: string): Promise<Recollection>;

  stats(nowMs: number): Promise<StoreStats>;

  /** Adds to the anonymous counts of a day (`YYYY-MM-DD`). Counts are kept for 100 days. */
  count(day: string, counts: Counts): Promise<void>;

  /** The counts of each of the days, in their order; {} for a day without any. */
  counts(days: readonly string[]): Promise<Counts[]>;

  /** Throws when the engine cannot be reached within a second. */
  ping(): Promise<void>;

  close(): Promise<void>;
}

export type Accepted = { accepted: number; duplicates: number };

export type Job = {
  owner: string;
  event: Event;
  /** The owner's state as JSON was committed; unknown, because an older or newer version may have written it. */
  state: unknown;
  /** 1 for the first time this event is handed out; counts failures and takeovers alike. */
  attempt: number;
  /** Names this lease; a takeover has another. */
  lease: string;
};

export type Change = {
  /** The owner's next state (JSON), or null to keep none. */
  state: unknown;
  /** How long the state is kept from now, in ms. */
  ttlMs: number;
  /** Timers to set; one with the same id replaces the old. */
  schedule?: readonly Timer[];
  /** Ids of timers to drop; unknown ids are fine. */
  unschedule?: readonly string[];
  /** Deletes this message wherever it still waits (mailbox, dead letters). */
  forgetMessage?: string;
  /**
   * Deletes everything of the owner; `state` is then ignored. Only the events that came after this one stay: a user
   * who blocks the bot and comes back at once is greeted, and what is typed after 消して is answered.
   */
  forget?: true;
};

export type Timer = { id: string; dueMs: number };

export type Recollection = {
  state: unknown;
  waiting: Event[];
  timers: Timer[];
  dead: Event[];
};

/** How often each thing happened, by its name; never anything of a user. */
export type Counts = Readonly<Record<string, number>>;

export type StoreStats = {
  /** Events accepted and not yet committed. */
  waiting: number;
  /** Age of the oldest of them in ms, 0 when there is none. */
  oldestMs: number;
  /** Owners whose job is leased now. */
  leased: number;
  /** Timers not yet due, and due but not yet released. */
  timers: number;
  timersDue: number;
  dead: number;
};
