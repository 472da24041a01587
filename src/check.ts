import { join } from 'node:path';
import { loadContent } from './content/load.ts';
import { openParseCache } from './content/parse-cache.ts';
import { problemLine } from './content/problem.ts';

/**
 * `npm run check:content`: every problem of dialogs/ and messages/ at once; exit code 1 when one keeps the bot from
 * starting. What it has parsed, the bot need not parse again (Dockerfile).
 */
const root = join(import.meta.dirname, '..');
const { bundle, problems } = loadContent(root, Date.now(), { cache: openParseCache(root) });
for (const problem of problems) console.log(problemLine(problem));
const errors = problems.filter(({ severity }) => severity === 'error').length;
if (bundle) {
  const dialogs = Object.keys(bundle.content.dialogs).length;
  const warnings = problems.length - errors;
  console.log(`コンテンツに誤りはありません（話題 ${dialogs}、注意 ${warnings} 件）。`);
} else {
  console.log(`${errors} 件の誤りがあります。`);
  process.exitCode = 1;
}
