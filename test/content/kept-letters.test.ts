import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/japan-time.ts';
import { keepLetters } from '../../src/content/kept-letters.ts';
import type { Reply } from '../../src/dialog/reply.ts';
import { write } from '../../src/message/written.ts';
import { TEST_DAY_MS } from '../support/content.ts';

function kept() {
  const written: Reply[][] = [];
  const letters = keepLetters((replies, nowMs) => {
    written.push([...replies]);
    const said = { type: 'text' as const, text: `${nowMs}`, replies };
    return { messages: write([said]), problems: [] };
  });
  return { letters, written };
}

function asking(session: string, values?: Record<string, string>): Reply[] {
  const data = `a=reach.device.app&s=${session}`;
  return [
    {
      dialog: 'reach',
      node: 'device',
      choices: [{ label: 'アプリ', data }],
      ...(values && { values }),
    },
  ];
}

test('a screen is written once, and everybody gets buttons of their own conversation', () => {
  const { letters, written } = kept();
  const first = letters(asking('aaaa1111'), TEST_DAY_MS).messages.json;
  const second = letters(asking('bbbb2222'), TEST_DAY_MS).messages.json;
  expect(first).toContain('&s=aaaa1111"');
  expect(second).toBe(first.replaceAll('aaaa1111', 'bbbb2222'));
  expect(written).toHaveLength(1);
});

test('what holds somebody’s own words is written for them alone', () => {
  const { letters, written } = kept();
  letters(asking('aaaa1111', { item: '青いかさ' }), TEST_DAY_MS);
  letters(asking('aaaa1111', { item: '青いかさ' }), TEST_DAY_MS);
  expect(written).toHaveLength(2);
});

test('the next day a screen is written anew: a fact may be due by then', () => {
  const { letters, written } = kept();
  letters(asking('aaaa1111'), TEST_DAY_MS);
  letters(asking('aaaa1111'), TEST_DAY_MS + DAY_MS);
  expect(written).toHaveLength(2);
});

function reminding(id: string): Reply[] {
  return asking('aaaa1111', { when: '11月25日（水）8時' }).map((reply) => ({
    ...reply,
    choices: [
      { label: '変える', data: `m=${id}.change` },
      { label: 'やめる', data: `m=${id}.withdraw` },
      { label: 'メニュー', data: 'o=menu&s=aaaa1111' },
    ],
  }));
}

test('so is a reminder’s, whose buttons name it', () => {
  const { letters, written } = kept();
  const first = letters(reminding('r12345'), TEST_DAY_MS).messages.json;
  const second = letters(reminding('r1234567'), TEST_DAY_MS).messages.json;
  const third = letters(reminding('r67890'), TEST_DAY_MS).messages.json;
  expect(first).toContain('"m=r12345.withdraw"');
  expect(second).toContain('"m=r1234567.change"');
  expect(third).toBe(first.replaceAll('r12345', 'r67890'));
  expect(written).toHaveLength(2);
});

test('a screen that is kept holds no more memory than itself', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const { poolSize } = Buffer;
  // As the bot has it (main.ts).
  Buffer.poolSize = 256 * 1024;
  const { letters, written } = kept();
  const screen = (number: number) =>
    letters([{ dialog: 'reach', node: `node-${number}` }], TEST_DAY_MS);
  const before = held();
  for (let number = 0; number < 200; number += 1) {
    screen(number);
    // What is said meanwhile uses up the shared memory.
    for (let other = 0; other < 3; other += 1) Buffer.allocUnsafe(100_000);
  }
  Buffer.poolSize = poolSize;
  // What nobody holds is given back a little after it was collected.
  await expect.poll(() => held() - before).toBeLessThan(5_000_000);
  screen(0);
  expect(written).toHaveLength(200);
});
