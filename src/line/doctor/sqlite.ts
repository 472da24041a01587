import { accessSync, constants, existsSync, statSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Finding, check, ok, problem } from './finding.ts';

const LITTLE_BYTES = 500 * 1024 * 1024;
/** The log of SQLite needs some at each write: without it every message is refused. */
const NONE_BYTES = 50 * 1024 * 1024;

/** The SQLite file, only looked at: whether it can be written, is sound and private, and has room. */
export function lookAtSqlite(path: string, freeOf = freeBytes): Finding[] {
  const folder = nearestFolder(path);
  const isFolder = statSync(folder).isDirectory();
  if (!isFolder || !mayWrite(folder) || (existsSync(path) && !mayWrite(path)))
    return [
      problem(
        'store',
        '保存先',
        `SQLite: ${path} に書き込めません。`,
        'ファイルとフォルダーの持ち主と権限を確かめてください。',
      ),
    ];
  return [
    existsSync(path)
      ? fileOf(path)
      : ok('store', '保存先', `SQLite: ${path}（最初の起動で作ります）`),
    roomOf(freeOf(folder)),
  ];
}

function fileOf(path: string): Finding {
  const broken = faultOf(path);
  if (broken !== undefined)
    return problem(
      'store',
      '保存先',
      `SQLite: ${path} が壊れています（${broken}）。`,
      '窓口を止めて、バックアップのファイルに置きかえてください。',
    );
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    return check(
      'store',
      '保存先',
      `SQLite: ${path} を、ほかの利用者も読めます。`,
      `chmod 600 ${path} を実行してください。`,
    );
  return ok(
    'store',
    '保存先',
    `SQLite: ${path}（${Math.ceil(statSync(path).size / 1024)} KB。窓口は1つだけ動かせます）`,
  );
}

function roomOf(free: number): Finding {
  const id = 'store-room';
  const title = 'ディスク';
  const says = `空き ${Math.round(free / 1024 / 1024)} MB`;
  const remedy = '要らないファイルを消すか、ディスクを広げてください。';
  if (free < NONE_BYTES)
    return problem(
      id,
      title,
      `${says}しかありません。なくなると、届いた言葉を受け取れません（LINE に 503 を返します）。`,
      remedy,
    );
  return free > LITTLE_BYTES
    ? ok(id, title, says)
    : check(id, title, `${says}しかありません。`, remedy);
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** In SQLite's own words, which quote no data; undefined when the file is sound. */
function faultOf(path: string): string | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    const result = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    return result === 'ok' ? undefined : 'quick_check';
  } catch {
    return 'SQLite のファイルではないか、読めません';
  } finally {
    db?.close();
  }
}

function nearestFolder(path: string): string {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
