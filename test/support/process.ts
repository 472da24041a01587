import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startFlags, tied } from './child.ts';

const project = join(import.meta.dirname, '../..');

/** The bot as a process of its own. */
export type BotProcess = {
  /** Resolves with the greeting's line once the bot listens; rejects when it ends before. */
  ready: () => Promise<string>;
  baseUrl: () => string;
  stdout: () => string;
  stderr: () => string;
  kill: (signal: NodeJS.Signals) => void;
  /** How it ended, and how long after `kill` (or the start), in ms. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; tookMs: number }>;
};

/**
 * Runs `node src/start.js` of the project, or of a copy of it, with these settings and no others. `cwd`: where .env and
 * the default database would be.
 */
export function startProcess(options: {
  cwd: string;
  env?: Record<string, string>;
  root?: string;
}): BotProcess {
  const { cwd, env = {}, root = project } = options;
  let since = performance.now();
  const child = tied(
    spawn(process.execPath, [...startFlags, join(root, 'src/start.js')], {
      cwd,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said.stderr += chunk));
  // `close` comes after the last byte of both pipes.
  const ended = once(child, 'close').then(([code, signal]) => {
    return { code, signal, tookMs: performance.now() - since } as const;
  });
  const greeting = () => /^窓口.*$/m.exec(said.stdout)?.[0];
  return {
    async ready() {
      const over = ended.then(() => 'over' as const);
      for (;;) {
        const line = greeting();
        if (line !== undefined) return line;
        const waited = new Promise((resolve) => setTimeout(resolve, 20));
        if ((await Promise.race([over, waited])) === 'over')
          throw new Error(`The bot ended before it was ready. It said: ${said.stderr}`);
      }
    },
    baseUrl() {
      const port = /(?:localhost:|ポート )(\d+)/.exec(greeting() ?? '')?.[1];
      return `http://127.0.0.1:${port}`;
    },
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    kill(signal) {
      since = performance.now();
      child.kill(signal);
    },
    ended,
  };
}

/** A copy of what the process reads, so that a test may spoil the content; packages are shared. */
export function copyProject(to: string): void {
  mkdirSync(to, { recursive: true });
  for (const part of ['src', 'dialogs', 'messages', 'package.json'])
    cpSync(join(project, part), join(to, part), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(to, 'node_modules'));
}
