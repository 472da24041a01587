import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Phase, PhaseResult } from './line-side/phase.ts';

type Answer =
  | { kind: 'ready'; url: string }
  | { kind: 'done' }
  | { kind: 'result'; result: PhaseResult };

export type LineSide = {
  pid: number;
  /** What bots take for https://api.line.me. */
  url: string;
  setWebhook(url: string): Promise<void>;
  run(phase: Phase): Promise<PhaseResult>;
  stop(): void;
};

/** Starts LINE's side as a process of its own. */
export async function startLineSide(keys: {
  channelSecret: string;
  accessToken: string;
}): Promise<LineSide> {
  const child = fork(
    join(import.meta.dirname, 'line-side/process.ts'),
    [keys.channelSecret, keys.accessToken],
    { execArgv: ['--disable-warning=ExperimentalWarning'] },
  );
  // One question at a time, so the next message is its answer.
  const answer = async (): Promise<Answer> => {
    const [message]: Answer[] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('The fake LINE of the bench has died; its error stands above.');
      }),
    ]);
    if (!message) throw new Error('The fake LINE of the bench sent nothing.');
    return message;
  };
  const ask = (question: object): Promise<Answer> => {
    const answered = answer();
    child.send(question);
    return answered;
  };
  const ready = await answer();
  return {
    pid: child.pid ?? 0,
    url: ready.kind === 'ready' ? ready.url : '',
    async setWebhook(url) {
      await ask({ kind: 'webhook', url });
    },
    async run(phase) {
      const given = await ask({ kind: 'phase', phase });
      if (given.kind !== 'result') throw new Error(`Expected a result, not "${given.kind}".`);
      return given.result;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
