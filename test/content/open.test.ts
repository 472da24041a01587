import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type OpenContent, openContent } from '../../src/content/open.ts';
import { ContentError } from '../../src/content/problem.ts';
import { TEST_DAY_MS } from '../support/content.ts';
import { type Workshop, openWorkshop } from '../support/workshop.ts';

const FILE = 'messages/ja/menu.yaml';
let shop: Workshop;
let content: OpenContent | undefined;
let lines: string[];

beforeEach(() => {
  shop = openWorkshop();
  lines = [];
});
afterEach(() => {
  content?.close();
  shop.close();
});

function open(watch: boolean): OpenContent {
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  content = openContent(shop.root, { log, watch, clock: () => TEST_DAY_MS });
  return content;
}

/** It loads all the content three times; on a busy machine that takes seconds. */
const SLOW = { timeout: 30_000 };

const levelOf = (words: string): string | undefined => {
  const line = lines.find((each) => each.includes(words));
  return line === undefined ? undefined : pino.levels.labels[JSON.parse(line).level];
};
const title = (opened: OpenContent) => opened.now().content.messages['menu']?.title;
const logged = (words: string) =>
  vi.waitFor(() => expect(lines.join('')).toContain(words), { timeout: 10_000, interval: 20 });

test('content that cannot be used keeps the bot from starting, and every problem is in the error', () => {
  shop.edit(FILE, 'title: メニュー', 'titel: メニュー');
  shop.edit('dialogs/solved.yaml', 'done: thanks', 'done: thangs');
  expect(() => open(true)).toThrow(ContentError);
  expect(() => open(true)).toThrow(/solved\.yaml:\d+ .+もしかして「thanks」/s);
  expect(() => open(true)).toThrow(/menu\.yaml:1 .+「titel」とは書けません。\n +→ /s);
});

test(
  'while an editor works, what is wrong is reported and the last good content stays; mended, it is taken over',
  SLOW,
  async () => {
    const opened = open(true);
    expect(title(opened)).toBe('メニュー');

    shop.edit(FILE, 'title: メニュー', 'titel: 直しかけ');
    await logged('前の内容のまま動いています');
    expect(lines.join('')).toContain('npm run check:content で');
    expect(levelOf(`${FILE}:1`)).toBe('error');
    expect(title(opened)).toBe('メニュー');

    shop.edit(FILE, 'titel: 直しかけ', 'title: 新しいメニュー');
    await logged('コンテンツを読み直しました');
    expect(title(opened)).toBe('新しいメニュー');
  },
);

test('what only wants a look is a warning in the log, too', () => {
  shop.edit('messages/facts.yaml', 'checked_on: 2026-11-01', 'checked_on: 2020-11-01');
  open(true);
  expect(levelOf('確認の期限を過ぎています')).toBe('warn');
});

test('a new topic is found, too', async () => {
  const opened = open(true);
  shop.write('dialogs/trial.yaml', 'start: out\nnodes:\n  out: { kind: end }\n');
  shop.write('messages/ja/trial.yaml', 'title: ためし\nnodes:\n  out: { text: おわり }\n');
  await logged('コンテンツを読み直しました');
  expect(opened.now().content.dialogs['trial']).toBeDefined();
});

test('in production the content is read once', async () => {
  const opened = open(false);
  const before = opened.now();
  shop.edit(FILE, 'title: メニュー', 'title: 新しいメニュー');
  // Longer than a watcher would wait: a reload would have replaced the content by now.
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(opened.now()).toBe(before);
});
