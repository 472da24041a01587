import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, startFlags, tied } from '../test/support/child.ts';
import { listens } from '../test/support/listens.ts';

export type Bot = {
  url: string;
  /** Whether it takes connections now. */
  up(): boolean;
  pid(): number;
  /** How often it ended without being asked to. */
  crashes(): number;
  /** SIGKILL, as the kernel does when memory runs out. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it listens. */
  start(): Promise<void>;
};

const MAIN = join(import.meta.dirname, '../src/start.js');
const PATIENCE_MS = 120_000;

/** A real bot, `node src/start.js`, as a process on a port of the loopback. `hear` gets what it logs, line by line. */
export function createBot(options: {
  port: number;
  cwd: string;
  env: Readonly<Record<string, string>>;
  hear: (line: string) => void;
}): Bot {
  const { port, cwd, env, hear } = options;
  let child: ChildProcess | undefined;
  let listening = false;
  let crashes = 0;

  async function start(): Promise<void> {
    const mine = tied(
      spawn(process.execPath, [...startFlags, MAIN], {
        cwd,
        env: { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: String(port), ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    child = mine;
    createInterface({ input: mine.stdout }).on('line', hear);
    mine.once('exit', () => {
      if (child !== mine) return;
      if (listening) crashes += 1;
      listening = false;
    });
    const until = performance.now() + PATIENCE_MS;
    while (child === mine && !(await listens(port))) {
      // A bot that finds no Redis ends, and whoever supervises it starts it again.
      if (mine.exitCode !== null && performance.now() < until) return start();
      if (mine.exitCode !== null) throw new Error(`The bot on port ${port} ended at its start.`);
      if (performance.now() > until) throw new Error(`The bot on port ${port} does not listen.`);
      await sleep(10);
    }
    listening = child === mine;
  }

  async function kill(): Promise<void> {
    const mine = child;
    child = undefined;
    listening = false;
    if (mine) await end(mine);
  }

  return {
    url: `http://127.0.0.1:${port}/webhook`,
    up: () => listening,
    pid: () => child?.pid ?? 0,
    crashes: () => crashes,
    kill,
    start,
  };
}
