import { createServer } from './server.ts';
import { ConfigError, loadConfig } from './config.ts';
import { ContentError } from './content/problem.ts';

/** How long a stop may take before the process ends anyway, in ms. What is in hand then is taken over by its lease. */
const STOP_MS = 4500;

try {
  const bot = await createServer(loadConfig());
  process.stdout.write(`${bot.greeting}\n`);
  const stop = (): void => {
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void bot.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  // What an operator or an editor can mend is said in a sentence; only a bug shows where it happened.
  const known = error instanceof ConfigError || error instanceof ContentError;
  process.stderr.write(`${known ? error.message : String((error as Error)?.stack ?? error)}\n`);
  process.exit(1);
}
