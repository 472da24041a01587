import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRedis } from '../support/redis.ts';

const script = join(import.meta.dirname, '../../deploy/restore-redis.sh');
const missing = spawnSync('which', ['redis-check-rdb']).status !== 0;

describe.skipIf(missing)('deploy/restore-redis.sh', () => {
  let folder: string;
  let data: string;
  let backup: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'madoguchi-restore-'));
    [data, backup] = [join(folder, 'data'), join(folder, 'backup.rdb')];
    execFileSync('mkdir', ['-p', join(data, 'appendonlydir')]);
    writeFileSync(join(data, 'appendonlydir/live'), 'of today');
    const redis = await startRedis();
    const client = new Redis(redis.url);
    await client.set('said', 'yesterday');
    await client.save();
    const [, dir = ''] = await client.config('GET', 'dir');
    copyFileSync(join(dir, 'dump.rdb'), backup);
    client.disconnect();
    await redis.stop();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('puts a backup in the place of what is there, and keeps that', () => {
    expect(spawnSync(script, [backup, data]).status).toBe(0);
    const [made = '', old = '', ...more] = readdirSync(data);
    expect([made, more]).toEqual(['appendonlydir', []]);
    expect(old).toMatch(/^old-\d{4}-\d\d-\d\d-\d{6}$/);
    expect(readdirSync(join(data, old))).toEqual(['live']);
    const base = readdirSync(join(data, made)).find((name) => name.endsWith('.base.rdb')) ?? '';
    expect(readFileSync(join(data, made, base), 'latin1')).toContain('yesterday');
  });

  test('touches nothing when the backup is empty', () => {
    writeFileSync(backup, '');
    expect(spawnSync(script, [backup, data]).status).toBe(1);
    expect(readdirSync(data)).toEqual(['appendonlydir']);
    expect(readdirSync(join(data, 'appendonlydir'))).toEqual(['live']);
  });
});
