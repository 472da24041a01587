import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MANIFEST = join(import.meta.dirname, '../../package.json');

/** The child, which from now on ends with this process, however that ends. */
export function tied<Child extends ChildProcess>(child: Child): Child {
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
}

/** Ends the child and resolves when it has ended. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** What Node is told when a user types `npm start`: tests and benches run the bot the same way. */
export const startFlags: readonly string[] = flagsOf(
  JSON.parse(readFileSync(MANIFEST, 'utf8')).scripts.start,
);

function flagsOf(start: string): string[] {
  return start.split(' ').filter((word) => word.startsWith('--'));
}
