import { join } from 'node:path';
import { type Bundle, loadContent } from '../../src/content/load.ts';
import { ContentError } from '../../src/content/problem.ts';

const root = join(import.meta.dirname, '../..');

/** The day on which the tests' conversations take place. */
export const TEST_DAY_MS = Date.parse('2026-11-21T10:00:00+09:00');

let loaded: Bundle | undefined;

/** The real content, loaded once per test file. */
export function bundle(): Bundle {
  if (loaded) return loaded;
  const { bundle: fresh, problems } = loadContent(root, TEST_DAY_MS);
  if (!fresh) throw new ContentError(problems);
  loaded = fresh;
  return fresh;
}
