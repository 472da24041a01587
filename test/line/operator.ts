import { expect } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type ExitCode, runLine } from '../../src/line/run-line.ts';
import { type FakeLine, type FakeLineOptions, createFakeLine } from '../../src/simulator/line.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const TOKEN = 'channel-access-token-of-the-operator';

export type Said = { exitCode: ExitCode; text: string };

/** An operator at the command line, with LINE's side on this machine. */
export type Operator = {
  line: FakeLine;
  /** The settings as in `.env`; to be changed by a test. */
  env: Record<string, string>;
  /** `npm run line -- …`. Fails when a secret is in what it prints. */
  run(args: readonly string[], more?: { clock?: () => number; timeoutMs?: number }): Promise<Said>;
  /** What was asked of LINE since then: method and path. */
  asked(): string[];
  close(): Promise<void>;
};

export async function openOperator(
  root: string,
  options: Partial<FakeLineOptions> = {},
): Promise<Operator> {
  const line = createFakeLine({ ...options, channelSecret: SECRET, accessToken: TOKEN });
  const url = await line.listen();
  const env: Record<string, string> = {
    NODE_ENV: 'production',
    LINE_CHANNEL_SECRET: SECRET,
    LINE_CHANNEL_ACCESS_TOKEN: TOKEN,
    LINE_API_BASE_URL: url,
    LINE_DATA_API_BASE_URL: url,
    SQLITE_PATH: `${root}/none.sqlite`,
  };
  return {
    line,
    env,
    async run(args, more = {}) {
      const printed: string[] = [];
      const exitCode = await runLine({
        args,
        readConfig: () => readConfig(env),
        root,
        clock: Date.now,
        nodeVersion: process.versions.node,
        print: (text) => void printed.push(text),
        ...more,
      });
      const text = printed.join('\n');
      const secrets = [
        ...(env['LINE_CHANNEL_SECRET']?.split(',') ?? []),
        env['LINE_CHANNEL_ACCESS_TOKEN'],
        env['METRICS_TOKEN'],
        URL.parse(env['REDIS_URL'] ?? '')?.password,
      ];
      for (const secret of secrets) if (secret) expect(text).not.toContain(secret);
      return { exitCode, text };
    },
    asked: () => line.calls().map(({ method, path }) => `${method} ${path}`),
    close: () => line.close(),
  };
}
