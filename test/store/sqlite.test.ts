import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { StoreUnavailable } from '../../src/store/errors.ts';
import { createSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { keep, someDay, storeContract, takeOne, text } from './contract.ts';

const sqliteModule = new URL('../../src/store/sqlite.ts', import.meta.url).href;
let dir = '';
let files = 0;
/** Whether the word is in the file, or in the journal beside it. */
const holds = (path: string, word: string) =>
  [path, `${path}-wal`].some((file) => readFileSync(file).includes(word));
const newPath = () => join(dir, 'deeper', `${files++}.sqlite`);

const DAY_MS = 24 * 3_600_000;

/** A conversation for 40 days, a timer due in 30, a dead letter, and mail that nobody fetches. */
async function fill(store: Store, now: number): Promise<void> {
  await store.accept([text('U1', 'e1'), text('U1', 'e2'), text('U1', 'e3')]);
  const schedule = [{ id: 't', dueMs: now + 30 * DAY_MS }];
  const change = { state: { n: 1 }, ttlMs: 40 * DAY_MS, schedule };
  await store.commit(await takeOne(store), change);
  for (let i = 0; i < 5; i++) await store.fail(await takeOne(store), { reason: 'x', retryInMs: 0 });
}

const tables = ['conversation', 'seen', 'mail', 'mailbox', 'timer', 'dead'];

/** How many rows each table has. */
function rowsOf(path: string): Record<string, number> {
  const db = new DatabaseSync(path);
  const counts = tables.map((table) => {
    const row = db.prepare(`SELECT count(*) AS n FROM ${table}`).get();
    return [table, Number(row?.['n'])] as const;
  });
  db.close();
  return Object.fromEntries(counts);
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'madoguchi-sqlite-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the SQLite store', () => {
  storeContract(async () => {
    const path = newPath();
    return async (options) => createSqliteStore({ path, ...options });
  });

  test('works in memory', async () => {
    const store = createSqliteStore({ path: ':memory:' });
    await store.accept([text('U1', 'e1')]);
    expect(await store.take({ max: 1, waitMs: 0 })).toHaveLength(1);
    await store.close();
  });

  test('its files are for this user only, also those that were not before', async () => {
    const path = newPath();
    await createSqliteStore({ path }).close();
    for (const mode of [0o600, 0o644]) {
      if (mode === 0o644) writeFileSync(`${path}-other`, '', { mode });
      const store = createSqliteStore({ path: mode === 0o644 ? `${path}-other` : path });
      await store.accept([text('U1', 'e1')]);
      const base = mode === 0o644 ? `${path}-other` : path;
      for (const file of [base, `${base}-wal`, `${base}-shm`])
        expect(statSync(file).mode & 0o777).toBe(0o600);
      await store.close();
    }
  });

  test('after it is closed it says that it is not available, and take ends', async () => {
    const store = createSqliteStore({ path: newPath() });
    const taking = store.take({ max: 1, waitMs: 5000 });
    await store.close();
    expect(await taking).toEqual([]);
    await expect(store.accept([text('U1', 'e1')])).rejects.toThrow(StoreUnavailable);
    await expect(store.ping()).rejects.toThrow(StoreUnavailable);
  });

  test('while another process holds the file, accept says so and keeps nothing', async () => {
    const path = newPath();
    const store = createSqliteStore({ path });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.accept([text('U1', 'e1')])).rejects.toThrow(StoreUnavailable);
    other.exec('ROLLBACK');
    other.close();
    expect(await store.accept([text('U1', 'e1')])).toEqual({ accepted: 1, duplicates: 0 });
    await store.close();
  });

  test('trouble with its file is told once in a while, not at each look, and so is its end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const said: unknown[] = [];
    const path = newPath();
    const store = createSqliteStore({
      path,
      onError: (error) => said.push(error),
      onBack: () => said.push('back'),
    });
    await store.accept([text('U1', 'e1')]);
    const other = new DatabaseSync(path);
    other.exec('ALTER TABLE mail RENAME TO elsewhere');
    for (let second = 0; second < 25; second += 1) {
      expect(await store.take({ max: 1, waitMs: 0 })).toEqual([]);
      vi.advanceTimersByTime(1000);
    }
    const told = [1, 2, 3].map(() => expect.any(StoreUnavailable));
    expect(said).toEqual(told);
    other.exec('ALTER TABLE elsewhere RENAME TO mail');
    other.close();
    expect(await store.take({ max: 1, waitMs: 0 })).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([...told, 'back']);
    await store.close();
  });

  test('kill -9 in the middle of accepting loses nothing that was accepted', async () => {
    const path = newPath();
    const program = `
      import { createSqliteStore } from ${JSON.stringify(sqliteModule)};
      const store = createSqliteStore({ path: ${JSON.stringify(path)} });
      const body = { kind: 'follow', returning: false };
      for (let i = 0; ; i++) {
        await store.accept([{ id: 'e' + i, owner: 'U' + (i % 7), timestampMs: 1, receivedMs: 1, body }]);
        process.stdout.write('e' + i + '\\n');
        const [job] = await store.take({ max: 1, waitMs: 0 });
        if (job !== undefined && i % 3 === 0) await store.commit(job, { state: { i }, ttlMs: 1e9 });
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    await expect.poll(() => said.length, { timeout: 10_000 }).toBeGreaterThan(300);
    child.kill('SIGKILL');
    await once(child, 'close');
    const store = createSqliteStore({ path });
    const ids = said.split('\n').slice(0, -1);
    const again = await store.accept(ids.map((id) => ({ ...text('U1', id) })));
    expect(again).toEqual({ accepted: 0, duplicates: ids.length });
    await store.close();
  });

  test('what is over leaves the file: ids, states, dead letters, mail that nobody fetched', async () => {
    const path = newPath();
    let now = 1_790_000_000_000;
    const store = createSqliteStore({ path, clock: () => now });
    await fill(store, now);
    expect(Object.values(rowsOf(path))).not.toContain(0);
    now += 70 * DAY_MS;
    expect(await store.take({ max: 1, waitMs: 0 })).toEqual([]);
    await store.close();
    expect(new Set(Object.values(rowsOf(path)))).toEqual(new Set([0]));
  });

  test('what is not over stays: ids a day, mail a week, dead letters and due timers a month', async () => {
    const path = newPath();
    let now = 1_790_000_000_000;
    const store = createSqliteStore({ path, clock: () => now });
    await fill(store, now);
    const stays = async (ms: number) => {
      now += ms;
      const jobs = await store.take({ max: 10, waitMs: 0 });
      for (const job of jobs) await store.fail(job, { reason: 'x', retryInMs: 0 });
      return rowsOf(path);
    };
    const all = { conversation: 1, seen: 3, mail: 1, mailbox: 1, timer: 1, dead: 1 };
    expect(await stays(61_000)).toEqual(all);
    expect(await stays(DAY_MS - 62_000)).toEqual(all);
    expect(await stays(DAY_MS)).toEqual({ ...all, seen: 0 });
    expect(await stays(4.9 * DAY_MS)).toEqual({ ...all, seen: 0 });
    expect(await stays(DAY_MS)).toEqual({ ...all, seen: 0, mail: 0, mailbox: 0 });
    expect(await stays(22 * DAY_MS)).toMatchObject({ conversation: 1, timer: 1, dead: 1 });
    expect(await stays(DAY_MS)).toMatchObject({ conversation: 1, timer: 1, dead: 0 });
    expect(await stays(29 * DAY_MS)).toMatchObject({ conversation: 0, timer: 1 });
    await store.close();
  });

  test('counts are kept for a hundred days, whichever they are', async () => {
    const store = createSqliteStore({ path: newPath() });
    const days = Array.from({ length: 101 }, (_, i) => `2026-${String(1000 + i)}`);
    for (const day of days) await store.count(day, { opened: 1 });
    const counts = await store.counts(days);
    expect(counts).toEqual([{}, ...days.slice(1).map(() => ({ opened: 1 }))]);
    await store.close();
  });

  test('a clock that was set back for a while gives up nothing, and throws away what is over afterwards', async () => {
    const path = newPath();
    let now = 1_790_000_000_000;
    const store = createSqliteStore({ path, clock: () => now });
    now -= 10 * DAY_MS;
    await fill(store, now);
    now += 9 * DAY_MS;
    expect(await store.take({ max: 1, waitMs: 0 })).toEqual([]);
    expect(rowsOf(path)).toMatchObject({ mail: 0, dead: 1 });
    await store.close();
  });

  describe('what is forgotten', () => {
    const owner = 'U0123456789abcdef0123456789abcdef';

    /** An owner who has had a reminder, and whose next event is in hand. */
    async function withReminder(clock = () => someDay) {
      const path = newPath();
      const store = createSqliteStore({ path, clock });
      onTestFinished(() => store.close());
      await store.accept([text(owner, 'e1')]);
      const schedule = [{ id: 't', dueMs: someDay }];
      await store.commit(await takeOne(store), keep({ owner }, { schedule }));
      expect(await store.releaseDue(someDay, 1)).toBe(1);
      await store.commit(await takeOne(store), keep({ owner }, { schedule }));
      expect(await store.releaseDue(someDay, 1)).toBe(0);
      await store.accept([text(owner, 'e2')]);
      const job = await takeOne(store);
      expect(holds(path, owner)).toBe(true);
      return { path, store, job };
    }

    test('leaves ids of events behind, and none of them tells whose', async () => {
      const { path, store } = await withReminder();
      await store.forget(owner);
      const db = new DatabaseSync(path);
      const ids = db.prepare('SELECT id FROM seen').all();
      db.close();
      expect(ids).toHaveLength(3);
      expect(JSON.stringify(ids)).not.toContain(owner);
    });

    test('by a turn is in neither of the files any more, not even the id', async () => {
      const { path, store, job } = await withReminder();
      expect(await store.commit(job, keep(null, { forget: true }))).toBe(true);
      expect(holds(path, owner)).toBe(false);
    });

    test('by the operator is in neither of the files any more, either', async () => {
      const { path, store } = await withReminder();
      await store.forget(owner);
      expect(holds(path, owner)).toBe(false);
    });

    test('of one message is in neither of the files any more', async () => {
      const { path, store, job } = await withReminder();
      await store.accept([text(owner, 'secret')]);
      await store.commit(job, keep(null, { forgetMessage: 'm-secret' }));
      expect(holds(path, 'm-secret')).toBe(false);
    });

    test('while somebody else reads the file is overwritten a minute later', async () => {
      let now = someDay;
      const { path, store, job } = await withReminder(() => now);
      const reader = new DatabaseSync(path);
      reader.exec('BEGIN; SELECT * FROM mail');
      const began = performance.now();
      expect(await store.commit(job, keep(null, { forget: true }))).toBe(true);
      expect(performance.now() - began).toBeLessThan(500);
      reader.close();
      now += 61_000;
      await store.take({ max: 1, waitMs: 0 });
      expect(holds(path, owner)).toBe(false);
    });
  });

  describe('a file that cannot be used is explained', () => {
    test('not a database', () => {
      const path = join(dir, 'text.sqlite');
      writeFileSync(path, 'これはデータベースではありません。'.repeat(100));
      expect(() => createSqliteStore({ path })).toThrow(ConfigError);
      expect(() => createSqliteStore({ path })).toThrow(/SQLite のファイルではない/);
    });

    test('a folder', () => {
      expect(() => createSqliteStore({ path: dir })).toThrow(/フォルダーではなく/);
    });

    test('in the place of a file of somebody else, who can still read it', () => {
      const path = join(dir, 'theirs');
      writeFileSync(path, 'ほかのプログラムのものです。'.repeat(100), { mode: 0o644 });
      expect(() => createSqliteStore({ path })).toThrow(ConfigError);
      expect(statSync(path).mode & 0o777).toBe(0o644);
    });

    test.skipIf(process.platform !== 'linux')('in a folder that nobody can make', async () => {
      const program = `import { createSqliteStore } from ${JSON.stringify(sqliteModule)};
        createSqliteStore({ path: '/proc/nowhere/deeper/x.sqlite' });`;
      const args = ['--no-warnings', '--input-type=module', '-e', program];
      const child = spawn(process.execPath, args, { timeout: 10_000 });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
      await once(child, 'close');
      expect(said).toContain('設定 SQLITE_PATH: /proc/nowhere/deeper/x.sqlite を開けません');
    });

    test('made by a newer version', () => {
      const path = join(dir, 'newer.sqlite');
      const db = new DatabaseSync(path);
      db.exec('PRAGMA user_version = 99');
      db.close();
      expect(() => createSqliteStore({ path })).toThrow(/より新しい版/);
    });
  });
});
