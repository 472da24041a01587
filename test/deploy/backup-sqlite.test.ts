import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite-open.ts';

const book = readFileSync(join(import.meta.dirname, '../../docs/operating.md'), 'utf8');

/** A command of the book as the owner of the folder runs it. */
function command(word: string): string {
  const line = book.split('\n').find((one) => one.startsWith('sudo ') && one.includes(word)) ?? '';
  return line.replaceAll(/sudo (?:-u madoguchi )?/g, '').replace(' -o madoguchi ', ' ');
}

describe('the commands of docs/operating.md for SQLite', () => {
  let folder: string;
  const run = (line: string) => execFileSync('sh', ['-c', line], { cwd: folder, stdio: 'pipe' });
  const file = () => join(folder, 'data/madoguchi.sqlite');
  const backups = () =>
    readdirSync(join(folder, 'data')).filter((name) => name.startsWith('madoguchi-20'));
  const isPrivate = (name: string) => (statSync(join(folder, 'data', name)).mode & 0o777) === 0o600;
  const said = (words: string) => {
    const db = openSqlite(file());
    db.prepare("INSERT INTO tally VALUES ('2026-11-21', ?, 1)").run(words);
    return db;
  };
  const told = () => {
    const db = openSqlite(file());
    const rows = db.prepare('SELECT name FROM tally').all();
    db.close();
    return rows.map(({ name }) => name);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'madoguchi-backup-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('make a private copy while the bot runs, and put it back', () => {
    const bot = said('yesterday');
    run(command('VACUUM INTO'));
    bot.close();
    said('today').close();
    const [backup = '', ...more] = backups();
    expect([isPrivate(backup), more]).toEqual([true, []]);
    const example = /data\/madoguchi-20\S+\.sqlite/;
    run(command('sudo install -o madoguchi -m 600 data/').replace(example, `data/${backup}`));
    expect(told()).toEqual(['yesterday']);
    expect(isPrivate('madoguchi.sqlite')).toBe(true);
  });

  test('change nothing when there is no such backup', () => {
    const bot = said('today');
    expect(() => run(command('sudo install -o madoguchi -m 600 data/'))).toThrow('install');
    bot.close();
    expect(told()).toEqual(['today']);
  });
});
