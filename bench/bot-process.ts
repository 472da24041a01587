import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, tied } from '../test/support/child.ts';
import { listens } from '../test/support/listens.ts';

export type BotProcess = {
  pid: number;
  /** From the start of the process until it can be connected to. */
  startMs: number;
  stop(): Promise<unknown>;
};

const PATIENCE_MS = 20_000;

/** Starts a bot and waits until it listens. `flags`: for Node. `env` is all it gets besides PATH. */
export async function startBot(options: {
  script: string;
  flags: readonly string[];
  port: number;
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Where its CPU profile goes when it has ended. */
  profile?: string | undefined;
}): Promise<BotProcess> {
  const { script, flags, port, cwd, env, profile } = options;
  const started = performance.now();
  const profiling = profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile];
  const child = tied(
    spawn(process.execPath, [...flags, ...profiling, script], {
      cwd,
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: String(port), ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  while (!(await listens(port))) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`${script} ended before it listened; its error stands above.`);
    if (performance.now() - started > PATIENCE_MS) {
      child.kill('SIGKILL');
      throw new Error(`${script} did not listen on port ${port} within ${PATIENCE_MS / 1000} s.`);
    }
    await sleep(5);
  }
  const startMs = performance.now() - started;
  return {
    pid: child.pid ?? 0,
    startMs,
    stop: () => end(child, profile === undefined ? 'SIGKILL' : 'SIGTERM'),
  };
}
