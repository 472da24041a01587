import { setTimeout as sleep } from 'node:timers/promises';
import { someUser } from '../../src/simulator/line/id.ts';
import { promised, seedUsers } from '../../test/support/seed-users.ts';
import { killBotsOf } from '../kill.ts';
import type { Plan } from '../scenario.ts';
import { type StageOptions, openStage } from '../stage.ts';
import { type Verdict, createComplaints } from '../verdict.ts';
import { complainOfBots } from '../verify.ts';

/** Reminders become due all the time while bots are killed. */
const PER_SECOND = 20;
const BEFORE_THE_FIRST_MS = 3000;
/** About how long a killed bot takes to be back. */
const MS_PER_KILL = 700;
/** After the last one is due, or the last kill: a dead worker's lease lasts 8 s. */
const PATIENCE_MS = 45_000;

/** kill -9 around the time reminders are due: each is sent exactly once. */
export async function killAroundReminders(
  plan: Plan,
  options: Pick<StageOptions, 'bots' | 'store'> & { scenario: string },
): Promise<Verdict> {
  const { kills } = plan;
  const { scenario, ...where } = options;
  const stage = await openStage(where);
  const { ledger } = stage;
  const complaints = createComplaints();
  const store = await stage.openStore();
  try {
    const count = Math.max(40, Math.round((kills * MS_PER_KILL * PER_SECOND) / 1000));
    const firstMs = Date.now() + BEFORE_THE_FIRST_MS;
    const dueOf = (index: number) => firstMs + Math.round((index * 1000) / PER_SECOND);
    const userAt = (index: number): string => someUser(scenario, index);
    await seedUsers(store, count, userAt, (fresh, index) =>
      promised(fresh, userAt(index), dueOf(index)),
    );
    await Promise.all(stage.bots.map((bot) => bot.start()));
    // Most kills then strike between LINE's answer and the commit, or while LINE is being asked.
    stage.line.faults.add({ kind: 'slow', on: 'push', chance: 0.7, ms: 80 });
    await killBotsOf(stage, plan);
    const until = Math.max(Date.now(), dueOf(count)) + PATIENCE_MS;
    // What a dead worker held comes again, and a second push would come with it.
    const left = async () => {
      const { waiting, timers, timersDue, dead } = await store.stats(Date.now());
      return waiting + timers + timersDue + dead;
    };
    while ((await left()) > 0 && Date.now() < until) await sleep(100);
    if ((await left()) > 0) complaints.add('still in the store', `${await left()} of them`);
    let once = 0;
    for (let index = 0; index < count; index += 1) {
      const pushes = ledger.pushes.get(userAt(index)) ?? 0;
      if (pushes === 1) once += 1;
      else complaints.add(pushes === 0 ? 'never sent' : 'sent twice', `reminder ${index}`);
    }
    complainOfBots(stage, complaints);
    return { scenario, figures: { kills, reminders: count, once }, failures: complaints.list() };
  } finally {
    await store.close();
    await stage.close();
  }
}
