import type { messagingApi } from '@line/bot-sdk';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../src/dialog/reply.ts';
import { violations } from '../../src/message/limits.ts';
import { createPlain } from '../../src/message/plain.ts';
import { createRender } from '../../src/message/render.ts';
import { createGuard } from '../../src/safety/guard.ts';
import { lineSchema } from '../support/line-schema.ts';
import { NOW_MS, choice, reply, samplesByKind, topics, ways, words } from './samples.ts';

const render = createRender(words);
const plain = createPlain(words);
const guard = createGuard(words.facts);
const schema = lineSchema();
const YEARS_LATER_MS = NOW_MS + 2 * 365 * 86_400_000;

const kinds = Object.entries(samplesByKind);
const one = (node: string, more: Partial<Reply> = {}): messagingApi.Message => {
  const [message] = render([reply(node, more)], NOW_MS);
  if (!message) throw new Error(`${node} rendered nothing`);
  return message;
};
const alt = (message: messagingApi.Message): string =>
  message.type === 'flex' ? message.altText : message.type === 'text' ? message.text : '';
const json = (value: unknown): string => JSON.stringify(value);

/** Every object in a message, outside in. */
function* objects(value: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(value)) for (const inner of value) yield* objects(inner);
  else if (typeof value === 'object' && value !== null) {
    yield value as Record<string, unknown>;
    for (const inner of Object.values(value)) yield* objects(inner);
  }
}

describe.each(kinds)('the card %s', (_name, sample) => {
  const messages = render([sample], NOW_MS);

  test('is within all limits of LINE', () => {
    expect(violations(messages)).toEqual([]);
    expect(violations(plain([sample], NOW_MS))).toEqual([]);
  });

  test.skipIf(!schema)(
    "fits LINE's own schema (skipped without line-openapi beside the project)",
    () => {
      for (const message of messages) expect(schema?.('Message', message)).toEqual([]);
    },
  );

  test('passes the guard, as a card and as text', () => {
    expect(guard.checkMessages(messages)).toEqual([]);
    expect(guard.checkMessages(plain([sample], NOW_MS))).toEqual([]);
  });

  test('wraps every text and cuts none off', () => {
    const cut = [...objects(messages.map((message) => 'contents' in message && message.contents))]
      .filter((part) => part['type'] === 'text' && String(part['text']).length > 2)
      .filter((part) => part['wrap'] !== true || part['maxLines'] !== undefined);
    expect(cut).toEqual([]);
  });

  test('carries each answer as a row in the card, in the altText and as a quick reply', () => {
    const choices = sample.choices ?? [];
    const rows = [...objects(messages.map((message) => 'contents' in message && message.contents))]
      .filter((part) => part['type'] === 'postback')
      .map((action) => action['data']);
    expect(rows).toEqual(choices.map(({ data }) => data));
    const last = messages.at(-1);
    choices.forEach(({ label }, index) =>
      expect(last && alt(last)).toContain(`${index + 1} ${label}`),
    );
    const items = last?.quickReply?.items?.map((item) => item.action?.label) ?? [];
    for (const way of sample.ways ?? []) expect(items).toContain(way.label);
    expect(items.length).toBeLessThanOrEqual(13);
  });
});

describe('what is said', () => {
  test('words without answers are a plain text message', () => {
    expect(one('plain')).toEqual({
      type: 'text',
      text: 'ご不便をおかけしています。順番に確かめていきましょう。',
    });
  });

  test('words that are gone say nothing', () => {
    expect(render([reply('no-such-node'), { dialog: 'gone', node: 'x' }], NOW_MS)).toEqual([]);
    expect(render([reply('constructor'), { dialog: '__proto__', node: 'x' }], NOW_MS)).toEqual([]);
  });

  test('words follow an earlier answer, or the case for all others', () => {
    expect(alt(one('by', { answers: { device: 'pc' } }))).toBe('パソコンの画面で進めます。');
    expect(alt(one('by', { answers: { device: 'tv' } }))).toBe('アプリの画面で進めます。');
    expect(alt(one('by'))).toBe('アプリの画面で進めます。');
  });

  test('slots are filled, open ones stay 〇〇', () => {
    expect(json(one('steps', { values: { order: '250-1234567-1234567' } }))).toContain(
      '困っている注文（250-1234567-1234567）を選びます。',
    );
    expect(json(one('steps'))).toContain('困っている注文（〇〇）を選びます。');
  });

  test('a value that looks like a placeholder is not filled again', () => {
    expect(json(one('steps', { values: { order: '{fact:contact-us}' } }))).toContain(
      '困っている注文（{fact:contact-us}）を選びます。',
    );
  });

  test('quick replies stand on the last message only', () => {
    const messages = render([reply('plain'), samplesByKind['checklist'] ?? reply('plain')], NOW_MS);
    expect(messages.map((message) => message.quickReply !== undefined)).toEqual([false, true]);
  });

  test('the way out survives when the words of the last reply are gone', () => {
    const messages = render([reply('plain'), reply('gone', { ways })], NOW_MS);
    expect(messages.at(-1)?.quickReply?.items).toHaveLength(3);
  });

  test('never more than five messages', () => {
    expect(
      render(
        Array.from({ length: 9 }, () => reply('plain')),
        NOW_MS,
      ),
    ).toHaveLength(5);
  });
});

describe('answers', () => {
  test('more answers than quick replies hold: all rows in the card, the ways out kept', () => {
    const message = one('menu', { choices: topics, ways });
    const items = message.quickReply?.items?.map((item) => item.action?.label) ?? [];
    expect(items).toHaveLength(13);
    expect(items.slice(-3)).toEqual(['戻る', 'メニュー', 'ヘルプ']);
    expect(alt(message)).toContain('14 その他');
  });

  test('a long label of emoji is cut between characters', () => {
    const family = '👨‍👩‍👧‍👦';
    const message = one('question', { choices: [choice(family.repeat(3))] });
    const label = message.quickReply?.items?.[0]?.action?.label ?? '';
    expect(label).toBe(`1 ${family}…`);
    expect(violations([message])).toEqual([]);
  });

  test('a tap shows the answer as if the user had said it', () => {
    const actions = [...objects(one('question', { choices: [choice('パソコン')] }))];
    for (const action of actions.filter(({ type }) => type === 'postback'))
      expect(action).toMatchObject({ displayText: 'パソコン', data: 'a=sample.パソコン' });
  });
});

describe('phrases', () => {
  test('each sentence stands as text and behind its own copy button', () => {
    const message = one('phrases', { values: { order: '250-1234567-1234567' } });
    const copied = [...objects(message)].map(({ clipboardText }) => clipboardText).filter(Boolean);
    expect(copied).toHaveLength(6);
    const shown = [...objects(message)].map(({ text }) => text);
    for (const sentence of copied) expect(shown).toContain(sentence);
    expect(copied.join('')).toContain('注文番号250-1234567-1234567は配達済みの表示ですが');
  });

  test('a date is said in English in the English sentence, and in kana in its reading', () => {
    const dated: Reply = { ...reply('phrases'), values: { date: '11月3日' } };
    const phrase = { when: 'x', ja: '{date}の件', en: 'On {date}', kana: 'オン {date}' };
    const content = { ...words, phrases: { ...words.phrases, j01: phrase } };
    const [message] = createRender(content)([dated], NOW_MS);
    for (const text of [alt(message ?? one('plain')), json(message)]) {
      expect(text).toContain('11月3日の件');
      expect(text).toContain('On November 3');
      expect(text).toContain('オン ノーベンバー サード');
    }
  });

  test('many phrases become pages, and their question a message of its own', () => {
    const messages = render([samplesByKind['phrases-many'] ?? reply('plain')], NOW_MS);
    expect(messages.map((message) => 'contents' in message && message.contents.type)).toEqual([
      'carousel',
      'bubble',
    ]);
    expect(alt(messages[0] ?? one('plain'))).toContain(
      'もう少しゆっくりお話しいただけますでしょうか',
    );
  });

  test('without room for another message the question is the last page', () => {
    const many = samplesByKind['phrases-many'] ?? reply('plain');
    const messages = render([...Array.from({ length: 4 }, () => reply('plain')), many], NOW_MS);
    expect(messages).toHaveLength(5);
    expect(violations(messages)).toEqual([]);
    expect(json(messages.at(-1))).toContain('ほかの言い方も見ますか?');
  });

  test('eight of the longest scripts still fit', () => {
    const longest = Object.keys(words.phrases)
      .filter((id) => id.startsWith('script-'))
      .slice(0, 8);
    const content = {
      ...words,
      messages: {
        sample: {
          title: 'x',
          nodes: { all: { card: { kind: 'phrases' as const, title: '全部', phrases: longest } } },
        },
      },
    };
    const values = { order: '250-1234567-1234567', item: 'あ'.repeat(60), seller: 'い'.repeat(60) };
    expect(violations(createRender(content)([reply('all', { values })], NOW_MS))).toEqual([]);
  });
});

describe('facts', () => {
  test('a number is dialled by a button only when Amazon or a public body names it', () => {
    const uris = [...objects(one('links'))].map(({ uri }) => uri).filter(Boolean);
    expect(uris).toEqual(['https://www.amazon.co.jp/contact-us', 'tel:188', 'tel:%239110']);
    expect(json(one('links'))).toContain('0120-899-543');
    expect(json(one('links'))).toContain(words.labels.noCall);
  });

  test('class and date stand on the card', () => {
    expect(json(one('links'))).toContain('第三者情報（未確認）・2026年11月1日時点');
  });

  test('a fact past its review date brings a caution by itself, in card and altText', () => {
    const [fresh] = render([reply('info')], NOW_MS);
    const [old] = render([reply('info')], YEARS_LATER_MS);
    expect(json(fresh)).not.toContain(words.labels.caution);
    expect(json(old).split(words.labels.caution)).toHaveLength(3);
  });

  test('a hidden or retired fact cannot be shown, not even by name', () => {
    const nodes = {
      leak: {
        card: {
          kind: 'links' as const,
          title: '{fact:phone-0120-999-373}',
          links: [
            { fact: 'phone-0120-999-373', label: 'x' },
            { fact: 'phone-prime-claimed', label: 'x' },
            { fact: 'help-returns', label: 'x' },
          ],
          facts: ['phone-011-330-3000'],
        },
        text: '{fact:phone-incoming-03}',
      },
    };
    const leaky = createRender({ ...words, messages: { sample: { title: 'x', nodes } } });
    const messages = leaky([reply('leak', { choices: [choice('x')] })], NOW_MS);
    expect(guard.checkMessages(messages)).toEqual([]);
    expect(violations(messages)).toEqual([]);
    expect(json(messages)).toContain('【〇〇】');
  });

  test('the menu says that the bot is not official', () => {
    expect(json(one('menu', { choices: topics }))).toContain(
      '非公式の案内ボットです。Amazonとは関係ありません。',
    );
  });
});
