import { flushCompileCache } from 'node:module';
import { ConfigError, loadConfig } from './config.ts';
import { ContentError } from './content/problem.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { createServer } from './server.ts';

// Replies of 10 kB come from a shared piece of memory instead of one each.
Buffer.poolSize = 256 * 1024;

/** How long a stop may take before the process ends anyway, in ms. What is in hand then is taken over by its lease. */
const STOP_MS = 4500;

/** Who has just come back after a crash has work to catch up with first; much later, more is in use and less comes back. */
const SETTLED_MS = 2000;

try {
  const bot = await createServer(loadConfig());
  process.stdout.write(`${bot.greeting}\n`);
  flushCompileCache();
  // The door is open a fifth of a second earlier, and who comes in meanwhile is answered in time all the same.
  setImmediate(bot.learn);
  setTimeout(() => void giveBackMemory(), SETTLED_MS).unref();
  let stopping = false;
  // Ctrl+C comes twice under npm, which passes on what the terminal has told everybody: the second must not kill.
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void bot.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  // What an operator or an editor can mend is said in a sentence; only a bug shows where it happened.
  const known = error instanceof ConfigError || error instanceof ContentError;
  process.stderr.write(`${known ? error.message : String((error as Error)?.stack ?? error)}\n`);
  process.exit(1);
}
