import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Loaded, loadContent } from '../../src/content/load.ts';
import type { Problem } from '../../src/content/problem.ts';
import { TEST_DAY_MS } from './content.ts';

const project = join(import.meta.dirname, '../..');

/** A copy of the real content that an editor may spoil. */
export type Workshop = {
  root: string;
  write: (file: string, text: string) => void;
  /** Replaces the first `from` of the file; it must be there. */
  edit: (file: string, from: string | RegExp, to: string) => void;
  load: (nowMs?: number) => Loaded;
  /** 1-based line of the first place that holds `text`. */
  lineOf: (file: string, text: string) => number;
  close: () => void;
};

export function openWorkshop(): Workshop {
  const root = mkdtempSync(join(tmpdir(), 'madoguchi-content-'));
  for (const folder of ['dialogs', 'messages'])
    cpSync(join(project, folder), join(root, folder), { recursive: true });
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  return {
    root,
    write,
    edit(file, from, to) {
      const before = read(file);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} holds no ${String(from)}.`);
      write(file, after);
    },
    load: (nowMs = TEST_DAY_MS) => loadContent(root, nowMs),
    lineOf(file, text) {
      const index = read(file)
        .split('\n')
        .findIndex((line) => line.includes(text));
      if (index < 0) throw new Error(`${file} holds no ${text}.`);
      return index + 1;
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** One line per problem as a person reads it: place, what is wrong, what to do. */
export function told(problems: readonly Problem[]): string[] {
  return problems.map(
    ({ severity, file, line, what, remedy }) => `${severity} ${file}:${line} ${what} → ${remedy}`,
  );
}
