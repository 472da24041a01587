/** `npm run line`: sets the LINE account up and looks whether everything is as it should be. */
import { join } from 'node:path';
import { loadConfig } from '../config.ts';
import { runLine } from './run-line.ts';

process.exitCode = await runLine({
  args: process.argv.slice(2),
  readConfig: loadConfig,
  root: join(import.meta.dirname, '../..'),
  clock: Date.now,
  nodeVersion: process.versions.node,
  print: console.log,
});
