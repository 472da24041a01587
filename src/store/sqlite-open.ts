import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError } from '../config.ts';

/** Of the tables below. A change of them raises it and adds the way from the version before. */
const schemaVersion = 1;

/** How long anything waits for another process that holds the file. */
const busyTimeoutMs = 1000;

/**
 * mail: the events, oldest first by `seq`. mailbox: one row for each owner that has mail; its place in the queue
 * (`turn`), from when it may be taken (`free_ms`: 0, the time of a retry, the end of the lease, or never of itself:
 * waitsApart), and its lease.
 */
const schema = `
  CREATE TABLE conversation (owner TEXT PRIMARY KEY, state TEXT NOT NULL, ends_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX conversation_ends ON conversation (ends_ms);
  CREATE TABLE seen (id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX seen_at ON seen (at_ms);
  CREATE TABLE mail (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, event TEXT NOT NULL, received_ms INTEGER NOT NULL,
    at_ms INTEGER NOT NULL, handed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX mail_owner ON mail (owner, seq);
  CREATE TABLE mailbox (
    owner TEXT PRIMARY KEY, turn INTEGER NOT NULL, free_ms INTEGER NOT NULL, lease TEXT) STRICT, WITHOUT ROWID;
  CREATE INDEX mailbox_turn ON mailbox (turn);
  CREATE TABLE timer (
    owner TEXT NOT NULL, id TEXT NOT NULL, due_ms INTEGER NOT NULL, PRIMARY KEY (owner, id)) STRICT, WITHOUT ROWID;
  CREATE INDEX timer_due ON timer (due_ms);
  CREATE TABLE dead (
    seq INTEGER PRIMARY KEY, owner TEXT NOT NULL, event TEXT NOT NULL, reason TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;
  CREATE INDEX dead_owner ON dead (owner, seq);
  CREATE TABLE tally (day TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, name)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${schemaVersion};
`;

/**
 * Opens the file, or makes it, readable for this user only. `:memory:` keeps everything in memory.
 * @throws ConfigError with the remedy.
 */
export function openSqlite(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') createPrivately(path);
    db = new DatabaseSync(path, { timeout: busyTimeoutMs });
    // What is forgotten is overwritten, not only unlinked; in the journal by `emptyJournal`.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;');
    prepareSchema(db, path);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof ConfigError) throw error;
    throw new ConfigError([`設定 SQLITE_PATH: ${whatIsWrong(error, path)}`], { cause: error });
  }
}

/**
 * Takes what was overwritten out of the journal (-wal), too, which else keeps old pages until 4 MB of new ones came.
 * Waits for nobody: while another process reads the file, some of it stays for the next time.
 */
export function emptyJournal(db: DatabaseSync): void {
  db.exec('PRAGMA busy_timeout = 0');
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  }
}

function createPrivately(path: string): void {
  makeFolder(dirname(path));
  const file = openSync(path, 'a+', 0o600);
  try {
    // What belongs to others, named here by mistake, stays as it is for them.
    if (fstatSync(file).isFile() && startsLikeOurs(file)) fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}

/** Node's own `recursive` never ends where a folder is there and yet takes none, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(path)) throw error;
  }
}

/** Empty, or with the head of every SQLite file. https://www.sqlite.org/fileformat.html#the_database_header */
function startsLikeOurs(file: number): boolean {
  const head = Buffer.alloc(16);
  const length = readSync(file, head, 0, head.length, 0);
  return length === 0 || head.toString('latin1') === 'SQLite format 3\0';
}

function prepareSchema(db: DatabaseSync, path: string): void {
  // Two processes that start at once: the second waits, and finds the tables made.
  db.exec('BEGIN IMMEDIATE');
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version === 0) db.exec(schema);
  db.exec('COMMIT');
  if (version > schemaVersion)
    throw new ConfigError([
      `設定 SQLITE_PATH: ${path} は、より新しい版の窓口が作ったものです。窓口を新しくするか、別のファイルを指定してください。`,
    ]);
}

function whatIsWrong(error: unknown, path: string): string {
  const message = error instanceof Error ? error.message : '';
  if (/EACCES|EPERM|EROFS|readonly|read-only/.test(message))
    return `${path} に書き込めません。ファイルとフォルダーの持ち主と権限を確かめてください。`;
  if (/not a database|malformed/.test(message))
    return `${path} は SQLite のファイルではないか、壊れています。バックアップから戻すか、別のファイルを指定してください。`;
  if (/ENOTDIR|EISDIR|EEXIST/.test(message))
    return `${path} はファイルとして使えません。フォルダーではなくファイルの名前を指定してください。`;
  if (/locked|busy/.test(message))
    return `${path} をほかのプロセスが使っています。窓口が二重に動いていないか確かめてください。`;
  return `${path} を開けません。ディスクの空きと場所を確かめてください。`;
}
