/** `npm run schemas`: writes schemas/*.schema.json; with `--check` exits 1 when one is stale. */
import { join } from 'node:path';
import { runKept } from './run-kept.ts';
import { editorSchemas } from './schemas/editor-schemas.ts';

process.exitCode = runKept({
  root: join(import.meta.dirname, '..'),
  args: process.argv.slice(2),
  files: editorSchemas(),
  command: 'npm run schemas',
  print: console.log,
});
