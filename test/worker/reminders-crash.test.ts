import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test, vi } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { runReminderChaos } from '../support/reminder-chaos.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 30_000 });

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-due-crash-'));
const seed = process.env['CHAOS_SEED'] ?? String(Date.now());
let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

const once = { missing: [], doubled: [], left: 0 };

test.concurrent('two bots on Redis, killed twenty times around due times, send each reminder once', async ({
  expect,
}) => {
  const store = { redisUrl: redis.url, sqlitePath: 'unused' };
  const many = { bots: 2, kills: 20, reminders: 300 };
  const result = await runReminderChaos({ store, cwd: folder, seed, ...many });
  expect(result, `CHAOS_SEED=${seed}`).toMatchObject(once);
});

test.concurrent('a bot on SQLite, killed ten times around due times, sends each reminder once', async ({
  expect,
}) => {
  const store = { sqlitePath: join(folder, 'chaos.sqlite') };
  const many = { bots: 1, kills: 10, reminders: 150 };
  const result = await runReminderChaos({ store, cwd: folder, seed, ...many });
  expect(result, `CHAOS_SEED=${seed}`).toMatchObject(once);
});
