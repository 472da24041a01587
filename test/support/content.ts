import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
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

/** What the bot itself says there, as its editors have it now: a test of when it is said does not hang on the wording. */
export function systemWords(node: string): string {
  const file = readFileSync(join(root, 'messages/ja/system.yaml'), 'utf8');
  const { nodes } = parse(file) as { nodes: Record<string, { text?: string } | undefined> };
  const text = nodes[node]?.text;
  if (text === undefined) throw new Error(`messages/ja/system.yaml has no text for ${node}.`);
  return text;
}
