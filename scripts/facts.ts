/** `npm run facts`: which facts want a look; `-- --links` also asks whether the links still open. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAsk } from './facts/ask.ts';
import { runFacts } from './facts/run.ts';

process.exitCode = await runFacts({
  root: join(import.meta.dirname, '..'),
  args: process.argv.slice(2),
  nowMs: Date.now(),
  ask: createAsk(),
  pause: () => sleep(1000),
  print: console.log,
});
