import { join } from 'node:path';

export type Contender = { name: string; title: string; script: string };

const bot = (file: string): string => join(import.meta.dirname, file);

/** Who is measured, in this order. */
export const contenders = [
  { name: 'madoguchi', title: 'this bot', script: bot('../src/main.ts') },
  { name: 'sdk-guide', title: 'SDK guide', script: bot('bots/sdk-guide-bot.ts') },
  { name: 'floor', title: 'floor', script: bot('bots/floor-bot.ts') },
] as const satisfies readonly Contender[];
