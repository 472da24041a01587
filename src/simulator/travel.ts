import { setTimeout as sleep } from 'node:timers/promises';
import type { Chats } from './chats.ts';
import type { MovableClock } from './clock.ts';
import { readMemory } from './memory.ts';

/** A reminder is released within a second; the rest is for a slow machine. */
const patienceMs = 5000;
/** A call to LINE that hangs is given up after 10 s. */
const inHandMs = 15_000;
const lookEveryMs = 20;

export type TravelDeps = {
  clock: MovableClock;
  chats: Chats;
  inspect: (userId: string) => unknown;
  /** Whether the bot is in the middle of a job. */
  busy: () => Promise<boolean>;
  /** Told before each journey. */
  leaving: (untilMs: number, down: boolean) => void;
};

export type Travel = {
  /**
   * Moves the clock to that moment, with a stop at each reminder that is due on the way, so that none comes late.
   * `down`: as if the bot had not run meanwhile: no stops, and everything is late.
   * False: the bot did not finish what it had in hand, and the clock stands where it got to.
   */
  to(targetMs: number, down?: boolean): Promise<boolean>;
  /** Resolves when the bot has nothing of this user left to do; false when it takes too long. */
  settled(userId: string): Promise<boolean>;
};

export function createTravel({ clock, chats, inspect, busy, leaving }: TravelDeps): Travel {
  let last: Promise<unknown> = Promise.resolve();
  const memoryOf = async (userId: string) => readMemory(await inspect(userId));

  async function dueBy(ms: number): Promise<number | undefined> {
    const all = await Promise.all(chats.list().map(({ userId }) => memoryOf(userId)));
    const dues = all.flatMap(({ reminders }) => reminders.map(({ dueMs }) => dueMs));
    const soonest = Math.min(...dues);
    return soonest <= ms ? soonest : undefined;
  }

  /** A job's lease would run out in the jump, and the job would be handed out a second time. */
  const free = () => until(async () => !(await busy()), inHandMs);

  async function go(targetMs: number, down: boolean): Promise<boolean> {
    for (;;) {
      if (!(await free())) return false;
      const dueMs = await dueBy(targetMs);
      clock.moveTo(down ? targetMs : (dueMs ?? targetMs));
      if (dueMs === undefined) return true;
      // A reminder that cannot be released must not hold up the rest of the journey.
      const released = await until(async () => {
        const next = await dueBy(targetMs);
        return next === undefined || next > Math.max(dueMs, down ? targetMs : 0);
      }, patienceMs);
      await Promise.all(chats.list().map(({ userId }) => settled(userId)));
      if (!released) return false;
    }
  }

  const settled = (userId: string) =>
    until(async () => (await memoryOf(userId)).waiting === 0, inHandMs);

  return {
    to(targetMs, down = false) {
      const journey = last.then(async () => {
        leaving(targetMs, down);
        const arrived = await go(targetMs, down);
        chats.tell({ type: 'clock', nowMs: clock.now(), aheadMs: clock.aheadMs() });
        return arrived;
      });
      last = journey.catch(() => {});
      return journey;
    },
    settled,
  };
}

async function until(isSo: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const giveUp = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > giveUp) return false;
    await sleep(lookEveryMs);
  }
  return true;
}
