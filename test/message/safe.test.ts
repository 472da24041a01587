import type { messagingApi } from '@line/bot-sdk';
import { expect, test } from 'vitest';
import { violations } from '../../src/message/limits.ts';
import { createPlain } from '../../src/message/plain.ts';
import { createRender } from '../../src/message/render.ts';
import { makeSafe } from '../../src/message/safe.ts';
import { createGuard } from '../../src/safety/guard.ts';
import { NOW_MS, choice, reply, samplesByKind, words } from './samples.ts';

const guard = createGuard(words.facts);
const render = createRender(words);
const plain = createPlain(words);
const { withheld } = words.labels;

const checklist = samplesByKind['checklist'] ?? reply('plain');
const labelsOf = (message: messagingApi.Message | undefined): (string | undefined)[] =>
  message?.quickReply?.items?.map((item) => item.action?.label) ?? [];

test('messages in order go as they are', () => {
  const messages = render([checklist], NOW_MS);
  expect(makeSafe(messages, () => [], guard, withheld)).toEqual({ messages, problems: [] });
});

test('nothing to say is nothing wrong', () => {
  expect(makeSafe([], () => [], guard, withheld)).toEqual({ messages: [], problems: [] });
});

test('what LINE would refuse goes as text, with the same numbered answers and quick replies', () => {
  const messages = render([checklist], NOW_MS).map((message) => ({ ...message, altText: '' }));
  const safe = makeSafe(messages, () => plain([checklist], NOW_MS), guard, withheld);
  expect(safe.problems).toEqual(['messages[0].altText must not be empty']);
  expect(safe.messages).toHaveLength(1);
  const [message] = safe.messages;
  expect(message).toMatchObject({ type: 'text' });
  expect(JSON.stringify(message)).toContain('1 見つかった\\n2 まだない');
  expect(labelsOf(message)).toEqual(['1 見つかった', '2 まだない', '戻る', 'メニュー', 'ヘルプ']);
  expect(violations(safe.messages)).toEqual([]);
});

test('a forbidden number in a value is taken out, and the log does not repeat it', () => {
  const steps = reply('steps', {
    values: { order: '0120-999-373' },
    choices: [choice('0120-999-373')],
  });
  const safe = makeSafe(render([steps], NOW_MS), () => plain([steps], NOW_MS), guard, withheld);
  expect(guard.checkMessages(safe.messages)).toEqual([]);
  expect(JSON.stringify(safe.messages)).toContain(`困っている注文（${withheld}）を選びます。`);
  expect(JSON.stringify(safe.messages)).toContain('contact-us');
  expect(safe.problems.length).toBeGreaterThan(0);
  expect(safe.problems.join(' ')).not.toContain('999');
  expect(violations(safe.messages)).toEqual([]);
});

test('a text whose buttons LINE would refuse goes without them', () => {
  const broken = render([checklist], NOW_MS).map((message) => ({ ...message, altText: '' }));
  const texts = plain([checklist], NOW_MS).map((message) => ({
    ...message,
    quickReply: { items: [{ type: 'action' as const, action: { type: 'message' as const } }] },
  }));
  const safe = makeSafe(broken, () => texts, guard, withheld);
  expect(JSON.stringify(safe.messages)).toContain('1 見つかった');
  expect(labelsOf(safe.messages[0])).toEqual([]);
  expect(violations(safe.messages)).toEqual([]);
  expect(safe.problems.at(-1)).toContain('without its quick replies');
});
