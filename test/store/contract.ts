import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Event } from '../../src/dialog/event.ts';
import { apartFrom, maxLost } from '../../src/store/limits.ts';
import { placeOf } from '../../src/store/owner-key.ts';
import type { Change, Job, Store } from '../../src/store/store.ts';

export type OpenStore = (options?: { clock?: () => number; leaseMs?: number }) => Promise<Store>;

/** Long before now, and no round number. */
export const someDay = 1_790_000_123_456;

export function text(owner: string, id: string, receivedMs = someDay): Event {
  const body = { kind: 'text', messageId: `m-${id}`, text: `「"${id}"」|です` } as const;
  return { id, owner, timestampMs: receivedMs - 100, receivedMs, replyToken: `t-${id}`, body };
}

export const keep = (state: unknown, more: Partial<Change> = {}): Change => ({
  state,
  ttlMs: 60_000,
  ...more,
});

/** The one job there is now; fails the test when there is none. */
export async function takeOne(store: Store, waitMs = 0): Promise<Job> {
  const [job] = await store.take({ max: 1, waitMs });
  if (job === undefined) throw new Error('There was no job to take.');
  return job;
}

/** Commits all there is and tells the ids in the order they were handed out. */
export async function drain(store: Store): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const jobs = await store.take({ max: 10, waitMs: 0 });
    if (jobs.length === 0) return ids;
    for (const job of jobs) {
      ids.push(job.event.id);
      expect(await store.commit(job, keep(null))).toBe(true);
    }
  }
}

/** Twelve owners who stand in the same lines: Redis has some for each of its partitions. */
const neighbours = Array.from({ length: 500 }, (_, i) => `N${i}`)
  .filter((owner) => placeOf(owner, 16).partition === 3)
  .slice(0, 12);

/** A worker that takes all there is and commits it, until it dies of `poison`, or has nothing more to do. */
async function live(open: OpenStore, poison: string): Promise<boolean> {
  const store = await open({ leaseMs: 20 });
  for (let idle = 0; idle < 3;) {
    const jobs = await store.take({ max: 50, waitMs: 300 });
    idle = jobs.length === 0 ? idle + 1 : 0;
    if (jobs.some(({ event }) => event.id === poison)) return false;
    for (const job of jobs) await store.commit(job, keep({ answered: true }));
  }
  return true;
}

/** An owner of whom there is everything: state, timer, dead letter, a job in hand, and mail behind it. */
async function withEverything(open: OpenStore) {
  const store = await open();
  await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
  const schedule = [{ id: 't', dueMs: someDay }];
  await store.commit(await takeOne(store), keep({ n: 1 }, { schedule }));
  for (let i = 0; i < 5; i++) await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 });
  await store.accept([text('U1', 'e3'), text('U1', 'e4'), text('U2', 'other')]);
  const jobs = await store.take({ max: 2, waitMs: 0 });
  const [job, other] = jobs.toSorted((a, b) => a.owner.localeCompare(b.owner));
  if (job === undefined || other === undefined) throw new Error('Both must have a job.');
  return { store, job, other };
}

/** A text, and all that changes what is kept of its sender. */
const restless = (i: number): Event['body'][] => [
  { kind: 'text', messageId: `m${i}`, text: 'いいえ' },
  { kind: 'unsend', messageId: `m${i}` },
  { kind: 'unfollow' },
  { kind: 'follow', returning: true },
  { kind: 'group', addressed: false },
];

/**
 * What every engine must do. `createHouse` gives a fresh place for data and a way to open stores on it, each as a
 * process of its own would. A worker that dies is one that takes and is not heard of again.
 */
export function storeContract(createHouse: () => Promise<OpenStore>): void {
  let stores: Store[] = [];
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
  });

  async function house(): Promise<OpenStore> {
    const open = await createHouse();
    return async (options) => {
      const store = await open(options);
      stores.push(store);
      return store;
    };
  }
  const openOne = async (options?: Parameters<OpenStore>[0]) => (await house())(options);

  describe('accepting', () => {
    test('an event comes back whole, once, with no state at first', async () => {
      const store = await openOne();
      const event = text('U1', 'e1');
      expect(await store.accept([event])).toEqual({ accepted: 1, duplicates: 0 });
      const jobs = await store.take({ max: 10, waitMs: 0 });
      expect(jobs).toMatchObject([{ owner: 'U1', event, state: null, attempt: 1 }]);
      expect(await store.take({ max: 10, waitMs: 0 })).toEqual([]);
    });

    test('nothing to accept is fine', async () => {
      const store = await openOne();
      expect(await store.accept([])).toEqual({ accepted: 0, duplicates: 0 });
    });

    test('an id that came before is a duplicate: in the same call, while it waits, and after it was done', async () => {
      const store = await openOne();
      const twice = [text('U1', 'e1'), text('U2', 'e2'), text('U1', 'e1')];
      expect(await store.accept(twice)).toEqual({ accepted: 2, duplicates: 1 });
      expect(await store.accept(twice)).toEqual({ accepted: 0, duplicates: 3 });
      expect((await drain(store)).toSorted()).toEqual(['e1', 'e2']);
      expect(await store.accept(twice)).toEqual({ accepted: 0, duplicates: 3 });
      expect(await drain(store)).toEqual([]);
    });

    test('an id is remembered for a day, however often the state changes meanwhile', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now });
      await store.accept([text('U1', 'e1')]);
      await drain(store);
      now += 12 * 3_600_000;
      await store.accept([text('U1', 'e2')]);
      await drain(store);
      now += 11.9 * 3_600_000;
      expect(await store.accept([text('U1', 'e1')])).toEqual({ accepted: 0, duplicates: 1 });
      now += 1.2 * 3_600_000;
      expect(await store.accept([text('U1', 'e1')])).toEqual({ accepted: 1, duplicates: 0 });
      expect(await store.accept([text('U1', 'e2')])).toEqual({ accepted: 0, duplicates: 1 });
    });

    test('a flood of one owner: the first twenty are kept, the rest is answered as one', async () => {
      const store = await openOne();
      const flood = Array.from({ length: 300 }, (_, i) => text('U1', `e${i}`, someDay + i));
      for (let i = 0; i < flood.length; i += 50)
        expect(await store.accept(flood.slice(i, i + 50))).toEqual({ accepted: 50, duplicates: 0 });
      expect(await store.accept(flood)).toEqual({ accepted: 0, duplicates: 300 });
      const { waiting } = await store.recall('U1');
      expect(waiting.slice(0, 20)).toEqual(flood.slice(0, 20));
      // The newest reply token lives longest.
      const newest = { ...flood[299], body: { kind: 'burst', count: 280 } };
      expect(waiting.slice(20)).toEqual([newest]);
    });

    test('in a full mailbox taps and pictures are folded, too; what must be forgotten is not', async () => {
      const store = await openOne();
      const of = (id: string, body: Event['body']): Event => ({ ...text('U1', id), body });
      await store.accept(Array.from({ length: 20 }, (_, i) => text('U1', `e${i}`)));
      await store.accept([
        of('tap', { kind: 'postback', data: 'c=menu' }),
        of('picture', { kind: 'media', messageId: 'm', media: 'image' }),
        of('back', { kind: 'unsend', messageId: 'm-e19' }),
        text('U1', 'late'),
        of('block', { kind: 'unfollow' }),
      ]);
      const { waiting } = await store.recall('U1');
      expect(waiting.slice(20).map(({ id, body }) => [id, body])).toEqual([
        ['back', { kind: 'unsend', messageId: 'm-e19' }],
        ['late', { kind: 'burst', count: 3 }],
        ['block', { kind: 'unfollow' }],
      ]);
    });

    test('whatever somebody floods with, and in whatever order, the mailbox stays bounded', async () => {
      const store = await openOne();
      for (let i = 0; i < 100; i += 1)
        await store.accept(
          restless(i).map((body, k): Event => ({ ...text('U1', `e${i}-${k}`), body })),
        );
      const { waiting } = await store.recall('U1');
      const behind = waiting.slice(20).map(({ id }) => id);
      const newest = Array.from({ length: 19 }, (_, i) => `e${80 + i}-1`);
      expect(behind).toEqual([...newest, 'e99-0', 'e99-1', 'e99-2', 'e99-3', 'e99-4']);
      expect(waiting.find(({ id }) => id === 'e99-0')?.body).toEqual({ kind: 'burst', count: 96 });
    });

    test('a busy group costs one event, which is addressed when any of them was', async () => {
      const store = await openOne();
      const chat = Array.from({ length: 30 }, (_, i): Event => {
        const body = { kind: 'group', addressed: i === 25 } as const;
        return { ...text('C1', `g${i}`), body };
      });
      await store.accept(chat);
      const { waiting } = await store.recall('C1');
      expect(waiting).toHaveLength(21);
      expect(waiting.at(-1)).toEqual({ ...chat[29], body: { kind: 'group', addressed: true } });
    });

    test('somebody with a lot of mail is served at a bounded rate, and at once again afterwards', async () => {
      const store = await openOne();
      await store.accept(Array.from({ length: 10 }, (_, i) => text('U1', `e${i}`)));
      const waits: boolean[] = [];
      for (let i = 0; i < 10; i++) {
        const [now] = await store.take({ max: 1, waitMs: 0 });
        waits.push(now === undefined);
        const job = now ?? (await takeOne(store, 3000));
        expect(job.event.id).toBe(`e${i}`);
        await store.commit(job, keep(null));
      }
      expect(waits).toEqual([false, true, true, ...Array.from({ length: 7 }, () => false)]);
    });
  });

  describe('taking', () => {
    test('events of one owner come in the order of acceptance, one at a time', async () => {
      const store = await openOne();
      await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
      await store.accept([text('U1', 'e3')]);
      const first = await takeOne(store);
      expect(first.event.id).toBe('e1');
      expect(await store.take({ max: 10, waitMs: 0 })).toEqual([]);
      await store.commit(first, keep({ step: 1 }));
      expect(await drain(store)).toEqual(['e2', 'e3']);
    });

    test('many owners are handed out at once, never more than asked for', async () => {
      const store = await openOne();
      await store.accept(Array.from({ length: 50 }, (_, i) => text(`U${i}`, `e${i}`)));
      const first = await store.take({ max: 20, waitMs: 0 });
      const rest = await store.take({ max: 100, waitMs: 0 });
      expect(first).toHaveLength(20);
      expect(new Set([...first, ...rest].map(({ owner }) => owner)).size).toBe(50);
    });

    test('an owner who floods does not keep another waiting', async () => {
      const store = await openOne();
      await store.accept(Array.from({ length: 40 }, (_, i) => text('U-flood', `f${i}`)));
      await store.accept([text('U-other', 'other')]);
      const ids: string[] = [];
      for (let i = 0; i < 2; i++) {
        const job = await takeOne(store);
        ids.push(job.event.id);
        await store.commit(job, keep(null));
      }
      expect(ids).toContain('other');
    });

    test('of those who stand in one line each comes in its turn, and again behind all others', async () => {
      const store = await openOne();
      const line = neighbours.toReversed();
      for (const owner of line)
        await store.accept([text(owner, `${owner}-1`), text(owner, `${owner}-2`)]);
      const served: string[] = [];
      for (let takes = 0; takes < 24; takes++) {
        const job = await takeOne(store);
        served.push(job.owner);
        await store.commit(job, keep(null));
      }
      expect(served).toEqual([...line, ...line]);
    });

    test('it waits for mail, and gives up in time', async () => {
      const store = await openOne();
      expect(await store.take({ max: 1, waitMs: 30 })).toEqual([]);
      const taking = store.take({ max: 1, waitMs: 5000 });
      await store.accept([text('U1', 'e1')]);
      expect(await taking).toMatchObject([{ event: { id: 'e1' } }]);
    });

    test('two who wait in one process are both served', async () => {
      const store = await openOne();
      const taking = [0, 1].map(() => store.take({ max: 1, waitMs: 5000 }));
      await store.accept([text('U1', 'e1')]);
      await store.accept([text('U2', 'e2')]);
      const ids = (await Promise.all(taking)).flat().map(({ event }) => event.id);
      expect(ids.toSorted()).toEqual(['e1', 'e2']);
    });

    test('two workers share many users: each event once, in order, never two of one owner side by side', async () => {
      const open = await house();
      const workers = [await open(), await open()];
      const owners = Array.from({ length: 30 }, (_, i) => `U${i}`);
      const done = new Map<string, string[]>(owners.map((owner) => [owner, []]));
      const inHand = new Set<string>();
      const all = owners.length * 5;
      let count = 0;
      const work = workers.map(async (store) => {
        for (;;) {
          if (count === all) return;
          const jobs = await store.take({ max: 7, waitMs: 50 });
          for (const { owner } of jobs) {
            expect(inHand).not.toContain(owner);
            inHand.add(owner);
          }
          await Promise.all(
            jobs.map(async (job) => {
              await sleep(Math.random() * 3);
              done.get(job.owner)?.push(job.event.id);
              inHand.delete(job.owner);
              expect(await store.commit(job, keep({ last: job.event.id }))).toBe(true);
              count++;
            }),
          );
        }
      });
      for (let n = 0; n < 5; n++)
        await workers[n % 2]?.accept(owners.map((owner) => text(owner, `${owner}-${n}`)));
      await Promise.all(work);
      for (const owner of owners)
        expect(done.get(owner)).toEqual([0, 1, 2, 3, 4].map((n) => `${owner}-${n}`));
    });
  });

  describe('committing', () => {
    test('the next event finds the state as it was committed', async () => {
      const store = await openOne();
      const state = { v: 1, text: '改行\nと"引用"と|と絵文字🙂', list: [], nested: { n: null } };
      await store.accept([text('U1', 'e1'), text('U1', 'e2'), text('U1', 'e3')]);
      await store.commit(await takeOne(store), keep(state));
      const second = await takeOne(store);
      expect(second.state).toEqual(state);
      await store.commit(second, keep(null));
      expect((await takeOne(store)).state).toBeNull();
    });

    test('the state ends when its time is over', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now });
      await store.accept([text('U1', 'e1')]);
      await store.commit(await takeOne(store), keep({ n: 1 }, { ttlMs: 5000 }));
      now += 4999;
      expect((await store.recall('U1')).state).toEqual({ n: 1 });
      now += 1;
      expect((await store.recall('U1')).state).toBeNull();
      await store.accept([text('U1', 'e2')]);
      expect((await takeOne(store)).state).toBeNull();
    });

    test('a job is committed once', async () => {
      const store = await openOne();
      await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
      const job = await takeOne(store);
      expect(await store.commit(job, keep({ n: 1 }))).toBe(true);
      expect(await store.commit(job, keep({ n: 2 }))).toBe(false);
      expect(await store.fail(job, { reason: 'late', retryInMs: 0 })).toBe('lost');
      expect((await store.recall('U1')).state).toEqual({ n: 1 });
      expect(await drain(store)).toEqual(['e2']);
    });

    test('a change that cannot be made changes nothing', async () => {
      const store = await openOne();
      await store.accept([text('U1', 'e1')]);
      const job = await takeOne(store);
      const schedule = [
        { id: 'good', dueMs: someDay },
        { id: 'bad', dueMs: Number.NaN },
      ];
      await expect(store.commit(job, keep({ n: 1 }, { schedule }))).rejects.toThrow(/dueMs/);
      const nameless = { schedule: [{ id: '', dueMs: someDay }] };
      await expect(store.commit(job, keep({ n: 1 }, nameless))).rejects.toThrow(/id/);
      const endless = { state: { n: 1 }, ttlMs: Number.POSITIVE_INFINITY };
      await expect(store.commit(job, endless)).rejects.toThrow(/ttlMs/);
      expect(await store.recall('U1')).toMatchObject({ state: null, timers: [] });
      expect((await store.recall('U1')).waiting).toHaveLength(1);
      expect(await store.commit(job, keep({ n: 2 }))).toBe(true);
    });
  });

  describe('a worker that dies', () => {
    test('its job goes to another when the lease is over, and its own commit comes too late', async () => {
      const open = await house();
      const [dead, alive] = [await open({ leaseMs: 120 }), await open({ leaseMs: 120 })];
      await dead.accept([text('U1', 'e1'), text('U1', 'e2')]);
      const lost = await takeOne(dead);
      expect(await alive.take({ max: 1, waitMs: 0 })).toEqual([]);
      const taken = await takeOne(alive, 3000);
      expect(taken).toMatchObject({ event: { id: 'e1' }, attempt: 2 });
      expect(taken.lease).not.toBe(lost.lease);
      expect(await dead.commit(lost, keep({ by: 'dead' }))).toBe(false);
      expect(await dead.fail(lost, { reason: 'late', retryInMs: 0 })).toBe('lost');
      expect(await alive.commit(taken, keep({ by: 'alive' }))).toBe(true);
      expect((await alive.recall('U1')).state).toEqual({ by: 'alive' });
      expect(await drain(alive)).toEqual(['e2']);
    });

    test('one that slept through its lease ends what it took over from itself by the new lease only', async () => {
      const store = await openOne({ leaseMs: 20 });
      await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
      const before = await takeOne(store);
      const again = await takeOne(store, 3000);
      expect(again).toMatchObject({ event: { id: 'e1' }, attempt: 2 });
      expect(await store.renew([before])).toBe(0);
      expect(await store.fail(before, { reason: 'late', retryInMs: 0 })).toBe('lost');
      expect(await store.commit(before, keep({ by: 'before' }))).toBe(false);
      expect(await store.commit(again, keep({ by: 'again' }))).toBe(true);
      expect(await store.recall('U1')).toMatchObject({ state: { by: 'again' } });
    });

    test('a long turn keeps its lease by renewing it; one that is lost is not renewed', async () => {
      const open = await house();
      const [slow, other] = [await open({ leaseMs: 600 }), await open({ leaseMs: 600 })];
      await slow.accept([text('U1', 'long'), text('U2', 'lost')]);
      const jobs = await slow.take({ max: 2, waitMs: 1000 });
      const long = jobs.filter(({ event }) => event.id === 'long');
      const taken: string[] = [];
      for (let i = 0; i < 60 && taken.length === 0; i++) {
        expect(await slow.renew(long)).toBe(1);
        for (const job of await other.take({ max: 2, waitMs: 50 })) taken.push(job.event.id);
      }
      expect(taken).toEqual(['lost']);
      expect(await slow.renew(jobs)).toBe(1);
      expect(await slow.renew(jobs.filter(({ event }) => event.id === 'lost'))).toBe(0);
      expect(await slow.renew([])).toBe(0);
      for (const job of jobs)
        expect(await slow.commit(job, keep(null))).toBe(job.event.id === 'long');
    });

    test('all long turns keep their leases, also of owners who stand in one line', async () => {
      const open = await house();
      const [slow, other] = [await open({ leaseMs: 600 }), await open({ leaseMs: 600 })];
      await slow.accept(neighbours.map((owner) => text(owner, `of ${owner}`)));
      const jobs = await slow.take({ max: 50, waitMs: 0 });
      expect(jobs).toHaveLength(neighbours.length);
      for (let i = 0; i < 12; i++) {
        expect(await slow.renew(jobs)).toBe(neighbours.length);
        expect(await other.take({ max: 50, waitMs: 60 })).toEqual([]);
      }
    });

    test('a lease that is over but not yet taken over may still be ended', async () => {
      const store = await openOne({ leaseMs: 20 });
      await store.accept([text('U1', 'e1')]);
      const job = await takeOne(store);
      await sleep(40);
      expect(await store.commit(job, keep(null))).toBe(true);
    });

    test('an event that kills every worker ends in the dead letters, and the next goes on', async () => {
      const store = await openOne({ leaseMs: 20 });
      await store.accept([text('U1', 'poison'), text('U1', 'next')]);
      for (let attempt = 1; attempt <= maxLost; attempt++)
        expect(await takeOne(store, 3000)).toMatchObject({ event: { id: 'poison' }, attempt });
      expect(await takeOne(store, 3000)).toMatchObject({ event: { id: 'next' }, attempt: 1 });
      expect((await store.recall('U1')).dead).toMatchObject([{ id: 'poison' }]);
    });
  });

  describe('an event that kills its workers', () => {
    const owners = Array.from({ length: 12 }, (_, i) => `U${i}`);
    const slow = { timeout: 30_000 };
    test('does not take with it those that were in hand beside it', slow, async () => {
      const open = await house();
      const store = await open();
      await store.accept(owners.map((owner) => text(owner, `of ${owner}`)));
      let lives = 1;
      while (!(await live(open, 'of U5'))) lives += 1;
      expect(lives).toBe(maxLost + 1);
      for (const owner of owners) {
        const { state, dead } = await store.recall(owner);
        expect(state).toEqual(owner === 'U5' ? null : { answered: true });
        expect(dead).toHaveLength(owner === 'U5' ? 1 : 0);
      }
    });

    test(
      'has the fewer beside it the more often it was lost, and the last time none',
      slow,
      async () => {
        const store = await openOne({ leaseMs: 20 });
        await store.accept(neighbours.map((owner) => text(owner, `of ${owner}`)));
        const most = new Map<number, number>();
        for (let takes = 0; takes < 1000 && (await store.stats(someDay)).dead < 12; takes++) {
          const jobs = await store.take({ max: 50, waitMs: 100 });
          const lost = Math.max(0, ...jobs.map(({ attempt }) => attempt - 1));
          const apart = jobs.filter(({ attempt }) => attempt > apartFrom).length;
          if (apart > 0) most.set(lost, Math.max(apart, most.get(lost) ?? 0));
        }
        expect((await store.stats(someDay)).dead).toBe(12);
        for (const [lost, together] of most)
          expect(together).toBeLessThanOrEqual(2 ** (maxLost - 1 - lost));
        expect(Math.max(...most.values())).toBeGreaterThan(1);
      },
    );

    test('comes only where there is a place for it, beside the mail of others or not', async () => {
      const open = await house();
      const store = await open({ leaseMs: 20 });
      await store.accept(neighbours.map((owner) => text(owner, `of ${owner}`)));
      for (let crash = 0; crash < apartFrom; crash++)
        for (const seen = new Set<string>(); seen.size < neighbours.length;)
          for (const job of await store.take({ max: 50, waitMs: 100 })) seen.add(job.owner);
      await sleep(40);
      // They go apart.
      await store.take({ max: 50, waitMs: 0 });
      const other = await open({ leaseMs: 60 });
      await other.accept(Array.from({ length: 6 }, (_, i) => text(`V${i}`, `v${i}`)));
      for (let apart = 0, takes = 0; apart < 3; takes++) {
        expect(takes).toBeLessThan(200);
        const jobs = await other.take({ max: 1, waitMs: 100 });
        expect(jobs.length).toBeLessThanOrEqual(1);
        if (jobs.some(({ attempt }) => attempt > apartFrom)) apart += 1;
        await sleep(10);
      }
    });

    test('is counted while it waits for its next hand-out, and forgotten with its owner', async () => {
      const store = await openOne({ leaseMs: 60 });
      await store.accept([text('U1', 'e1'), text('U2', 'e2')]);
      for (let crash = 0; crash < 3; crash++)
        for (const seen = new Set<string>(); seen.size < 2;)
          for (const job of await store.take({ max: 2, waitMs: 500 })) seen.add(job.owner);
      await sleep(80);
      const alone = await store.take({ max: 2, waitMs: 500 });
      expect(alone).toHaveLength(1);
      expect(await store.stats(someDay)).toMatchObject({ waiting: 2, leased: 1, dead: 0 });
      for (const owner of ['U1', 'U2']) await store.forget(owner);
      for (const job of alone) expect(await store.commit(job, keep({ n: 1 }))).toBe(false);
      expect(await store.take({ max: 2, waitMs: 500 })).toEqual([]);
      expect(await store.stats(someDay)).toMatchObject({ waiting: 0, leased: 0, dead: 0 });
    });

    test('is not what all are that were in hand at many crashes in a row', slow, async () => {
      const open = await house();
      const store = await open();
      await store.accept(owners.map((owner) => text(owner, `of ${owner}`)));
      for (let crash = 0; crash < 3 * maxLost; crash++) {
        const dying = await open({ leaseMs: 20 });
        await dying.take({ max: 50, waitMs: 300 });
        await sleep(30);
      }
      expect(await live(open, 'none')).toBe(true);
      for (const owner of owners)
        expect(await store.recall(owner)).toMatchObject({ state: { answered: true }, dead: [] });
    });
  });

  describe('failing', () => {
    test('a failed event comes again after its time, before the later ones of its owner', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now });
      await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
      const outcome = await store.fail(await takeOne(store), { reason: 'x', retryInMs: 3000 });
      expect(outcome).toBe('retry');
      await store.accept([text('U1', 'e3'), text('U2', 'other')]);
      now += 2999;
      expect(await drain(store)).toEqual(['other']);
      now += 1;
      const again = await takeOne(store, 1000);
      expect(again).toMatchObject({ event: { id: 'e1' }, attempt: 2 });
      await store.commit(again, keep(null));
      expect(await drain(store)).toEqual(['e2', 'e3']);
    });

    test.each([
      ['an hour', 3_600_000, 1000],
      ['three days', 3 * 86_400_000, 3_600_000],
    ])(
      'a clock put back by %s delays no retry by more than a minute',
      async (_by, backMs, wait) => {
        let now = someDay;
        const store = await openOne({ clock: () => now });
        await store.accept([text('U1', 'e1')]);
        await store.fail(await takeOne(store), { reason: 'x', retryInMs: wait });
        now -= backMs;
        expect(await takeOne(store, 2000)).toMatchObject({ event: { id: 'e1' }, attempt: 2 });
      },
    );

    test('no retry waits longer than a minute', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now });
      await store.accept([text('U1', 'e1')]);
      await store.fail(await takeOne(store), { reason: 'x', retryInMs: 3_600_000 });
      expect(await store.take({ max: 1, waitMs: 300 })).toEqual([]);
      now += 60_000;
      expect(await takeOne(store, 2000)).toMatchObject({ event: { id: 'e1' } });
    });

    test('a clock put back does not hold up somebody who is served at a bounded rate', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now });
      await store.accept(Array.from({ length: 10 }, (_, i) => text('U1', `e${i}`)));
      await store.commit(await takeOne(store), keep(null));
      now -= 3_600_000;
      expect(await takeOne(store, 2000)).toMatchObject({ event: { id: 'e1' } });
    });

    test('a clock put back wakes nobody of those who wait apart', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now, leaseMs: 20 });
      await store.accept([text('U1', 'e1'), text('U2', 'e2')]);
      for (let crash = 0; crash < 3; crash++)
        for (const seen = new Set<string>(); seen.size < 2;) {
          for (const job of await store.take({ max: 2, waitMs: 100 })) seen.add(job.owner);
          now += 30;
        }
      now -= 3_600_000;
      expect(await store.take({ max: 2, waitMs: 500 })).toHaveLength(1);
    });

    test('after the fifth failure it is a dead letter, and the next event goes on afresh', async () => {
      const store = await openOne();
      await store.accept([text('U1', 'e1'), text('U1', 'e2')]);
      const outcomes: string[] = [];
      for (let i = 0; i < 5; i++)
        outcomes.push(await store.fail(await takeOne(store), { reason: '"x"\n', retryInMs: 0 }));
      expect(outcomes).toEqual(['retry', 'retry', 'retry', 'retry', 'dead']);
      expect((await store.recall('U1')).dead).toEqual([text('U1', 'e1')]);
      expect((await store.stats(someDay)).dead).toBe(1);
      expect(await takeOne(store)).toMatchObject({ event: { id: 'e2' }, attempt: 1 });
    });

    test('a failure after which it waits counts like any other', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now });
      await store.accept([text('U1', 'e1')]);
      const outcomes: string[] = [];
      for (let i = 0; i < 5; i++) {
        const job = await takeOne(store, 1000);
        outcomes.push(await store.fail(job, { reason: 'x', retryInMs: 3000 }));
        now += 3000;
      }
      expect(outcomes).toEqual(['retry', 'retry', 'retry', 'retry', 'dead']);
      expect(await store.recall('U1')).toMatchObject({ waiting: [], dead: [{ id: 'e1' }] });
    });

    test('an owner keeps the last twenty dead letters', async () => {
      const store = await openOne();
      for (let i = 0; i < 22 * 5; i++) {
        if (i % 5 === 0) await store.accept([text('U1', `e${i / 5}`)]);
        await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 });
      }
      const { dead, waiting } = await store.recall('U1');
      expect(waiting).toEqual([]);
      expect(dead.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => `e${i + 2}`));
    });
  });

  describe('timers', () => {
    const dueMs = someDay + 60_000;
    async function withTimers(open: OpenStore, schedule: Change['schedule'] = []) {
      const store = await open({ clock: () => someDay });
      await store.accept([text('U1', 'e1')]);
      await store.commit(await takeOne(store), keep({ n: 1 }, { schedule }));
      return store;
    }

    test('one that is due becomes an event of its owner, once', async () => {
      const store = await withTimers(await house(), [{ id: '荷物"1"', dueMs }]);
      expect(await store.releaseDue(dueMs - 1, 10)).toBe(0);
      expect(await store.releaseDue(dueMs, 10)).toBe(1);
      expect(await store.releaseDue(dueMs, 10)).toBe(0);
      expect(await takeOne(store)).toMatchObject({
        owner: 'U1',
        state: { n: 1 },
        attempt: 1,
        event: {
          id: `reminder:荷物"1":${dueMs}`,
          owner: 'U1',
          timestampMs: dueMs,
          receivedMs: dueMs,
          body: { kind: 'reminder', reminderId: '荷物"1"', dueMs },
        },
      });
      expect((await store.recall('U1')).timers).toEqual([]);
    });

    test('setting the same id again replaces, unscheduling withdraws, unknown ids are fine', async () => {
      const store = await withTimers(await house(), [
        { id: 'a', dueMs },
        { id: 'b', dueMs },
        { id: 'c', dueMs },
      ]);
      await store.accept([text('U1', 'e2')]);
      const change = { schedule: [{ id: 'a', dueMs: dueMs + 5 }], unschedule: ['b', 'unknown'] };
      await store.commit(await takeOne(store), keep({ n: 2 }, change));
      expect((await store.recall('U1')).timers).toEqual([
        { id: 'c', dueMs },
        { id: 'a', dueMs: dueMs + 5 },
      ]);
      expect(await store.releaseDue(dueMs + 4, 10)).toBe(1);
      expect(await store.releaseDue(dueMs + 5, 10)).toBe(1);
      expect(await drain(store)).toEqual([`reminder:c:${dueMs}`, `reminder:a:${dueMs + 5}`]);
    });

    test('where not all may go at once, those that are due the longest go first', async () => {
      const store = await openOne({ clock: () => someDay });
      const owners = neighbours.slice(0, 3);
      for (const [i, owner] of owners.entries()) {
        await store.accept([text(owner, `of ${owner}`)]);
        const schedule = [{ id: 't', dueMs: dueMs - i }];
        await store.commit(await takeOne(store), keep(null, { schedule }));
      }
      const released: string[] = [];
      for (const _ of owners) {
        expect(await store.releaseDue(dueMs, 1)).toBe(1);
        const job = await takeOne(store);
        released.push(job.owner);
        await store.commit(job, keep(null));
      }
      expect(released).toEqual(owners.toReversed());
    });

    test('one that is set again for the time at which it was released comes no second time', async () => {
      const schedule = [{ id: 'a', dueMs }];
      const store = await withTimers(await house(), schedule);
      expect(await store.releaseDue(dueMs, 10)).toBe(1);
      await store.commit(await takeOne(store), keep({ n: 2 }, { schedule }));
      expect(await store.releaseDue(dueMs, 10)).toBe(0);
      expect(await store.recall('U1')).toMatchObject({ waiting: [], timers: [] });
    });

    test('one that is released hours later lets no event of before come again, nor comes again itself', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now });
      const schedule = [{ id: 'a', dueMs: someDay + 3 * 3_600_000 }];
      await store.accept([text('U1', 'e1')]);
      await store.commit(await takeOne(store), keep(null, { schedule }));
      now += 3 * 3_600_000;
      expect(await store.releaseDue(now, 10)).toBe(1);
      expect(await store.accept([text('U1', 'e1')])).toEqual({ accepted: 0, duplicates: 1 });
      now += 23 * 3_600_000;
      await store.commit(await takeOne(store), keep(null, { schedule }));
      await store.accept([text('U1', 'e2')]);
      expect(await store.releaseDue(now, 10)).toBe(0);
      expect(await drain(store)).toEqual(['e2']);
    });

    test('a lost lease sets none', async () => {
      const store = await openOne();
      await store.accept([text('U1', 'e1')]);
      const job = await takeOne(store);
      await store.commit(job, keep(null));
      const late = { schedule: [{ id: 'a', dueMs }] };
      expect(await store.commit(job, keep(null, late))).toBe(false);
      expect((await store.recall('U1')).timers).toEqual([]);
    });

    test('several instances share the work without doubles, and none takes more than it was allowed', async () => {
      const open = await house();
      const first = await open({ clock: () => someDay });
      const others = [await open(), await open()];
      await first.accept(Array.from({ length: 60 }, (_, i) => text(`U${i}`, `e${i}`)));
      for (const job of await first.take({ max: 60, waitMs: 0 }))
        await first.commit(job, keep(null, { schedule: [{ id: job.owner, dueMs }] }));
      const counts: number[] = [];
      for (let i = 0; i < 4; i++)
        counts.push(
          ...(await Promise.all([first, ...others].map((store) => store.releaseDue(dueMs, 7)))),
        );
      expect(Math.max(...counts)).toBeLessThanOrEqual(7);
      expect(counts.reduce((sum, count) => sum + count)).toBe(60);
      expect(new Set(await drain(first)).size).toBe(60);
    });
  });

  describe('anonymous counts', () => {
    test('add up by day and name, whichever instance adds', async () => {
      const open = await house();
      const [store, other] = [await open(), await open()];
      await store.count('2026-11-21', { 'opened:a': 1, 'solved:a': 2 });
      await other.count('2026-11-21', { 'opened:a': 4 });
      await store.count('2026-11-22', { 'opened:a': 1 });
      expect(await other.counts(['2026-11-20', '2026-11-21', '2026-11-22'])).toEqual([
        {},
        { 'opened:a': 5, 'solved:a': 2 },
        { 'opened:a': 1 },
      ]);
    });
  });

  describe('timers, many at once', () => {
    const dueMs = someDay + 60_000;

    test('they are released only as fast as the mailboxes empty, and never not at all', async () => {
      const store = await openOne({ clock: () => someDay });
      await store.accept(Array.from({ length: 40 }, (_, i) => text(`U${i}`, `e${i}`)));
      for (const job of await store.take({ max: 40, waitMs: 0 }))
        await store.commit(job, keep(null, { schedule: [{ id: 't', dueMs }] }));
      // On a cluster each partition has its share of the crowd, and the one that is always released.
      const first = await store.releaseDue(dueMs, 50, 16);
      expect(first).toBeLessThanOrEqual(16);
      expect(first).toBeGreaterThanOrEqual(8);
      const more = await store.releaseDue(dueMs, 50, 16);
      expect(more).toBeLessThanOrEqual(first);
      expect(more).toBeGreaterThanOrEqual(1);
      expect(await drain(store)).toHaveLength(first + more);
      expect(await store.releaseDue(dueMs, 50)).toBe(40 - first - more);
      expect(await store.releaseDue(dueMs, 50)).toBe(0);
      expect(await drain(store)).toHaveLength(40 - first - more);
    });
  });

  describe('forgetting', () => {
    const nothing = { state: null, waiting: [], timers: [], dead: [] };

    test('everything of the owner goes, a running job loses its lease, others stay', async () => {
      const { store, job, other } = await withEverything(await house());
      await store.forget('U1');
      expect(await store.recall('U1')).toEqual(nothing);
      expect(await store.commit(job, keep({ n: 9 }))).toBe(false);
      expect(await store.recall('U1')).toEqual(nothing);
      expect(await store.releaseDue(someDay, 10)).toBe(0);
      expect((await store.stats(someDay)).dead).toBe(0);
      expect(await store.commit(other, keep({ n: 2 }))).toBe(true);
      expect(await store.stats(someDay)).toMatchObject({ waiting: 0, leased: 0, timers: 0 });
    });

    test('an owner who comes back starts anew, beside the old job that nobody ended', async () => {
      const open = await house();
      const { store, job } = await withEverything(open);
      await store.forget('U1');
      await store.accept([text('U1', 'new1'), text('U1', 'new2')]);
      const fresh = await takeOne(store);
      expect(fresh).toMatchObject({ event: { id: 'new1' }, state: null, attempt: 1 });
      expect(await store.commit(job, keep({ old: true }))).toBe(false);
      expect(await store.take({ max: 5, waitMs: 0 })).toEqual([]);
      expect(await store.commit(fresh, keep({ new: true }))).toBe(true);
      expect(await drain(store)).toEqual(['new2']);
    });

    test('a turn can forget: what came after its event stays, and a redelivered event is not answered', async () => {
      const { store, job } = await withEverything(await house());
      const change = { forget: true, schedule: [{ id: 'no', dueMs: someDay }] } as const;
      expect(await store.commit(job, keep({ n: 9 }, change))).toBe(true);
      const left = await store.recall('U1');
      const later = ['e4'];
      expect({ ...left, waiting: left.waiting.map(({ id }) => id) }).toEqual({
        ...nothing,
        waiting: later,
      });
      expect(await store.accept([text('U1', 'e3')])).toEqual({ accepted: 0, duplicates: 1 });
      expect(await drain(store)).toEqual(later);
    });

    test('a turn whose lease is lost forgets nothing', async () => {
      const store = await openOne();
      await store.accept([text('U1', 'e1')]);
      const job = await takeOne(store);
      await store.commit(job, keep({ n: 1 }));
      expect(await store.commit(job, keep(null, { forget: true }))).toBe(false);
      expect((await store.recall('U1')).state).toEqual({ n: 1 });
    });

    test('an owner who waits for a retry is forgotten, too', async () => {
      let now = someDay;
      const store = await openOne({ clock: () => now });
      await store.accept([text('U1', 'e1')]);
      await store.fail(await takeOne(store), { reason: 'x', retryInMs: 1000 });
      await store.forget('U1');
      await store.accept([text('U1', 'e2'), text('U1', 'e3')]);
      const job = await takeOne(store);
      now += 2000;
      await sleep(250);
      expect(await store.take({ max: 5, waitMs: 0 })).toEqual([]);
      expect(job).toMatchObject({ event: { id: 'e2' }, attempt: 1 });
    });

    test('one message is deleted wherever it waits, and what only mentions it stays', async () => {
      const store = await openOne();
      const mention = text('U1', 'mention');
      if (mention.body.kind === 'text') mention.body.text = '"messageId":"m-e2"';
      await store.accept([text('U1', 'dead'), text('U1', 'e1'), text('U1', 'e2'), mention]);
      for (let i = 0; i < 5; i++)
        await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 });
      await store.commit(await takeOne(store), keep(null, { forgetMessage: 'm-e2' }));
      expect((await store.recall('U1')).waiting).toEqual([mention]);
      expect((await store.recall('U1')).dead).toHaveLength(1);
      await store.commit(await takeOne(store), keep(null, { forgetMessage: 'm-dead' }));
      expect(await store.recall('U1')).toEqual({ state: null, waiting: [], timers: [], dead: [] });
      expect((await store.stats(someDay)).dead).toBe(0);
    });
  });

  test('a turn that deletes a message of which its own event tells ends that event, and no other', async () => {
    const store = await openOne();
    const unsend: Event = { ...text('U1', 'back'), body: { kind: 'unsend', messageId: 'm-e1' } };
    await store.accept([text('U1', 'e1'), unsend, text('U1', 'e2'), text('U1', 'e3')]);
    await store.commit(await takeOne(store), keep(null));
    await store.commit(await takeOne(store), keep(null, { forgetMessage: 'm-e1' }));
    expect(await drain(store)).toEqual(['e2', 'e3']);
  });

  describe('looking', () => {
    test('recall gives everything of the owner, and nothing of others', async () => {
      const store = await openOne();
      await store.accept([text('U1', 'e1'), text('U1', 'e2'), text('U2', 'other')]);
      const jobs = await store.take({ max: 2, waitMs: 0 });
      const job = jobs.find(({ owner }) => owner === 'U1');
      if (job === undefined) throw new Error('U1 must have a job.');
      const schedule = [{ id: 't', dueMs: someDay }];
      await store.commit(job, keep({ n: 1 }, { schedule }));
      expect(await store.recall('U1')).toEqual({
        state: { n: 1 },
        waiting: [text('U1', 'e2')],
        timers: [{ id: 't', dueMs: someDay }],
        dead: [],
      });
      const nothing = { state: null, waiting: [], timers: [], dead: [] };
      expect(await store.recall('U-nobody')).toEqual(nothing);
    });

    test('stats count what waits, is in hand, is to come and is dead', async () => {
      const store = await openOne({ clock: () => someDay });
      expect(await store.stats(someDay)).toEqual({
        waiting: 0,
        oldestMs: 0,
        leased: 0,
        timers: 0,
        timersDue: 0,
        dead: 0,
      });
      await store.accept([text('U1', 'e1'), text('U1', 'e2', someDay + 500), text('U2', 'e3')]);
      await store.accept([text('U3', 'e4', someDay - 700)]);
      for (const job of await store.take({ max: 3, waitMs: 0 }))
        if (job.owner === 'U2') await store.fail(job, { reason: 'x', retryInMs: 60_000 });
        else if (job.owner === 'U3')
          await store.commit(job, {
            state: null,
            ttlMs: 1000,
            schedule: [
              { id: 'soon', dueMs: someDay + 100 },
              { id: 'later', dueMs: someDay + 5000 },
            ],
          });
      expect(await store.stats(someDay + 1000)).toEqual({
        waiting: 3,
        oldestMs: 1000,
        leased: 1,
        timers: 1,
        timersDue: 1,
        dead: 0,
      });
    });

    test('ping answers while the engine is there', async () => {
      const store = await openOne();
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });

  test('a store that is opened again has all that was accepted and committed', async () => {
    const open = await house();
    const before = await open({ leaseMs: 50 });
    await before.accept([text('U1', 'e1'), text('U1', 'e2'), text('U2', 'e3')]);
    const jobs = await before.take({ max: 2, waitMs: 0 });
    const job = jobs.find(({ owner }) => owner === 'U1');
    if (job === undefined) throw new Error('U1 must have a job.');
    await before.commit(job, keep({ n: 1 }, { schedule: [{ id: 't', dueMs: someDay }] }));
    await before.close();

    const after = await open({ leaseMs: 50 });
    expect(await after.accept([text('U1', 'e1')])).toEqual({ accepted: 0, duplicates: 1 });
    expect(await after.recall('U1')).toMatchObject({
      state: { n: 1 },
      timers: [{ id: 't', dueMs: someDay }],
    });
    await sleep(60);
    const taken = [await takeOne(after, 3000), await takeOne(after, 3000)];
    expect(taken.map(({ event }) => event.id).toSorted()).toEqual(['e2', 'e3']);
  });
}
