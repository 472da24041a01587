import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { end, tied } from '../test/support/child.ts';
import type { Load, LoadResult } from '../src/simulator/line/load.ts';

const ready = z.object({ baseUrl: z.string() });
const sent = z.array(z.object({ to: z.string(), by: z.string(), atMs: z.number() }));
const quota = z.object({ used: z.number() });

const PATIENCE_MS = 300_000;

/**
 * The fake LINE of the simulator as a process of its own, with LINE's own rate limit and no monthly one. It remembers
 * the last `keep` things of each kind.
 */
export async function startFakeLine(
  keys: { channelSecret: string; accessToken: string },
  keep: number,
) {
  const args = ['--secret', keys.channelSecret, '--token', keys.accessToken];
  const settings = ['--monthly-limit', 'none', '--slim', '--anybody', '--no-validate'];
  const script = join(import.meta.dirname, '../src/simulator/line-process.ts');
  const child = tied(
    spawn(process.execPath, [script, ...args, ...settings, '--keep', String(keep)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const died = once(child, 'exit').then(() => {
    throw new Error('The fake LINE has died; its error stands above.');
  });
  const lines = createInterface({ input: child.stdout });
  const [greeting] = await Promise.race([once(lines, 'line'), died]);
  const { baseUrl: url } = ready.parse(JSON.parse(String(greeting)));

  async function ask(command: string, body: object): Promise<unknown> {
    const answer = await fetch(`${url}/control/${command}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${command}: ${await answer.text()}`);
    return answer.json();
  }
  const sentPushes = async () =>
    sent.parse(await ask('sent', {})).filter(({ by }) => by === 'push');

  return {
    url,
    ask,
    load: async (load: Load) => (await ask('load', load)) as LoadResult,
    sentPushes,
    /** Waits until so many pushes have come, or far too long. Only pushes count to the quota. */
    async pushed(count: number): Promise<void> {
      const endMs = performance.now() + PATIENCE_MS;
      while (quota.parse(await ask('quota', {})).used < count && performance.now() < endMs)
        await sleep(1000);
    },
    stop: () => end(child),
  };
}
