/** `npm run map`: writes docs/dialogs.md; with `--check` exits 1 when it is stale. */
import { join } from 'node:path';
import { problemLine } from '../src/content/problem.ts';
import { mapPage } from './map/page.ts';
import { readDialogs } from './map/read-dialogs.ts';
import { runKept } from './run-kept.ts';

const root = join(import.meta.dirname, '..');
const { dialogs, problems } = readDialogs(root);
for (const problem of problems) console.error(problemLine(problem));
process.exitCode =
  problems.length > 0
    ? 1
    : runKept({
        root,
        args: process.argv.slice(2),
        files: [{ file: 'docs/dialogs.md', text: mapPage(dialogs) }],
        command: 'npm run map',
        print: console.log,
      });
