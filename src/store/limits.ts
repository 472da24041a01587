/** The numbers both engines share. All times in ms. */

/** A lease that is not ended by then is handed to another worker; with `lookAfterMs` it stays under 10 s. */
export const defaultLeaseMs = 8000;

/** No version leases for longer: a lease that seems to was made before the clock of Redis went back, and is over. */
export const longestLeaseMs = 60_000;

/**
 * After an outage of Redis a process takes nothing over for so long: whoever holds a job, and has said its answer,
 * reconnects and commits it first (worker/insist.ts).
 */
export const calmMs = 3000;

/** An event's id is remembered this long (Redis: up to an hour longer, it counts in hours). */
export const rememberMs = 24 * 60 * 60 * 1000;

/** Redis remembers at most so many ids of one owner: 7 bytes each, and nobody writes a thousand messages a day. */
export const rememberAtMost = 1000;

/** So many `fail`s of one event, and it goes to the dead letters. */
export const maxFailures = 5;

/**
 * No retry waits longer: a reply token is dead by then. So whoever seems to have longer to wait was put off before the
 * clock went back, and is due.
 */
export const longestRetryMs = 60_000;

/**
 * So many hand-outs of one event that neither ended nor failed, and it goes to the dead letters, too: it kills its
 * worker each time. Else all that were merely in hand beside a killer, or at many crashes in a row, were buried with it:
 * so after the first few it waits apart, with others of its kind, and a worker takes a few of them at each look.
 */
export const maxLost = 12;
export const apartFrom = 3;

/**
 * So many events of one owner wait as they are. Whoever writes on gets the rest answered together, in one kind message,
 * and besides it a few more wait at most (fold.ts): somebody who floods fills neither the memory nor LINE's rate limit.
 */
export const mostWaiting = 20;

/** With so many events still waiting, an owner's next one is handed out only after a pause. */
export const paceFrom = 8;
export const paceMs = 250;

/** Mail that nobody fetched is given up after this long; each new event of the owner starts it anew. */
export const keepMailMs = 7 * 24 * 60 * 60 * 1000;

export const keepDeadMs = 30 * 24 * 60 * 60 * 1000;

/** Dead letters of one owner; the oldest go first. */
export const deadPerOwner = 20;

/** Timers are kept this long past the time they were due, for the case that nobody released them. */
export const keepTimerMs = 30 * 24 * 60 * 60 * 1000;

/** Anonymous counts of a day are kept this long. */
export const keepCountsDays = 100;

/** How often `take` looks for retries that are due and for what dead workers held. */
export const lookAfterMs = 200;

/** No more than these are taken at one look; what was lost many times, with fewer beside it, and the last time alone. */
const mostApart = 16;

/** How many of these a worker takes at a look: one at first, and twice as many as the last time when it lived on. */
export function createTrust(): () => number {
  let next = 1;
  return () => {
    const now = next;
    next = Math.min(2 * next, mostApart);
    return now;
  };
}
