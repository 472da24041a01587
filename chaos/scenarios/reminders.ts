import { setTimeout as sleep } from 'node:timers/promises';
import type { Event } from '../../src/dialog/event.ts';
import { freshState } from '../../src/dialog/state.ts';
import type { Store } from '../../src/store/store.ts';
import { userId } from '../crowd.ts';
import type { Plan } from '../scenario.ts';
import { openStage } from '../stage.ts';
import { type Verdict, createComplaints } from '../verdict.ts';

/** Reminders become due all the time while bots are killed. */
const PER_SECOND = 20;
const BEFORE_THE_FIRST_MS = 3000;
/** About how long a killed bot takes to be back. */
const MS_PER_KILL = 700;

/** kill -9 around the time reminders are due: each is sent exactly once. */
export async function killAroundReminders(plan: Plan): Promise<Verdict> {
  const { kills, random, say } = plan;
  const stage = await openStage({ bots: 2, store: 'redis' });
  const { ledger } = stage;
  const complaints = createComplaints();
  const store = await stage.openStore();
  try {
    const count = Math.max(40, Math.round((kills * MS_PER_KILL * PER_SECOND) / 1000));
    const firstMs = Date.now() + BEFORE_THE_FIRST_MS;
    const dueOf = (index: number) => firstMs + Math.round((index * 1000) / PER_SECOND);
    for (let index = 0; index < count; index += 1) await promise(store, index, dueOf(index));
    await Promise.all(stage.bots.map((bot) => bot.start()));
    stage.line.faults.add({ kind: 'slow', on: 'push', chance: 0.7, ms: 80 });
    let killed = 0;
    await Promise.all(
      stage.bots.map(async (bot) => {
        while (killed < kills) {
          await sleep(random.between(0, 1200));
          if (killed >= kills) return;
          killed += 1;
          if (killed % 25 === 0) say(`${killed} kills`);
          await bot.kill();
          await bot.start();
        }
      }),
    );
    const until = Math.max(Date.now(), dueOf(count)) + 30_000;
    while (ledger.pushes.size < count && Date.now() < until) await sleep(100);
    // What a dead worker held comes again; a second push would come with it.
    await sleep(Math.max(0, Math.min(until - Date.now(), 1000)));
    for (;;) {
      const { waiting, timersDue } = await store.stats(Date.now());
      if ((waiting === 0 && timersDue === 0) || Date.now() > until) break;
      await sleep(100);
    }
    let once = 0;
    for (let index = 0; index < count; index += 1) {
      const pushes = ledger.pushes.get(userId('reminders', index)) ?? 0;
      if (pushes === 1) once += 1;
      else complaints.add(pushes === 0 ? 'never sent' : 'sent twice', `reminder ${index}`);
    }
    for (const bot of stage.bots)
      if (bot.crashes() > 0) complaints.add('a bot ended by itself', `${bot.crashes()} times`);
    const figures = { kills: killed, reminders: count, once };
    return { scenario: 'reminders', figures, failures: complaints.list() };
  } finally {
    await store.close();
    await stage.close();
  }
}

/** Puts a reminder into the store the way a turn does: with the state that knows it. */
async function promise(store: Store, index: number, dueMs: number): Promise<void> {
  const now = Date.now();
  const owner = userId('reminders', index);
  const id = `rem${index}`;
  const event: Event = {
    id: `seed-${index}`,
    owner,
    timestampMs: now,
    receivedMs: now,
    body: { kind: 'follow', returning: false },
  };
  await store.accept([event]);
  const [job] = await store.take({ max: 1, waitMs: 1000 });
  if (!job) throw new Error('The store did not hand out what it had just accepted.');
  const fresh = freshState(event.id, now);
  const reminder = { id, dueMs, topic: 'not-delivered', matter: fresh.session };
  await store.commit(job, {
    state: { ...fresh, reminders: [reminder] },
    ttlMs: 24 * 60 * 60 * 1000,
    schedule: [{ id, dueMs }],
  });
}
