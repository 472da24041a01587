import { join } from 'node:path';
import { startFlags } from '../test/support/child.ts';

/** `flags`: what Node is told, as whoever runs the bot would do it. */
export type Contender = {
  name: string;
  title: string;
  script: string;
  flags: readonly string[];
  /** Settings besides those that all get. */
  env?: Readonly<Record<string, string>>;
};

const plain = ['--disable-warning=ExperimentalWarning'];
const bot = (file: string): string => join(import.meta.dirname, file);

/** Who is measured, in this order. */
export const contenders = [
  { name: 'madoguchi', title: 'this bot', script: bot('../src/start.js'), flags: startFlags },
  { name: 'sdk-guide', title: 'SDK guide', script: bot('bots/sdk-guide-bot.ts'), flags: plain },
  { name: 'floor', title: 'floor', script: bot('bots/floor-bot.ts'), flags: plain },
  {
    name: 'sqlite',
    title: 'on SQLite',
    script: bot('../src/start.js'),
    flags: startFlags,
    env: { REDIS_URL: '' },
  },
] as const satisfies readonly Contender[];
