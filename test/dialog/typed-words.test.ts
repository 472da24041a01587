import { describe, expect, test } from 'vitest';
import { answerWords, own } from '../../src/dialog/content.ts';
import { bundle } from '../support/content.ts';
import { startChat } from './chat.ts';

/** Which topic each text that a card tells the user to send is to open. */
const PROMISED: Readonly<Record<string, string>> = {
  返金がまだ: 'return-refund',
  荷物が届かない: 'not-delivered',
  あやしい連絡: 'suspected-scam',
  知らない請求: 'unknown-charge',
  出品者の返事がない: 'marketplace-seller',
  保証を申請したい: 'marketplace-seller',
  プライムを解約したのに請求: 'prime-membership',
  返品したい: 'return-refund',
  '返品・返金': 'return-refund',
  日本語で話したい: 'japanese-operator',
  電話番号を知りたい: 'contact-howto',
  そのほかのAmazon: 'other-amazon',
  コードを教えた: 'suspected-scam',
};

/** Texts that are commands, not topics. */
const COMMANDS = ['リマインド', '消して', '覚えていること', 'メニュー'];

/** What cards tell people to send to this bot: 「…」と送って, 「…」のように書いて, … */
function toldToSend(): string[] {
  const { messages } = bundle().content;
  const all = JSON.stringify(messages);
  const found = all.matchAll(
    /「([^「」]{1,20})」(?:と送(?:って|れば|ると)|のように書いてください)/g,
  );
  return [...new Set([...found].map(([, text = '']) => text))];
}

describe('what a card tells people to send', () => {
  // Said to the staff or to a machine of Amazon, not to this bot, or a way to write a day.
  const elsewhere = new Set([
    '担当者と話したい',
    '明日10時',
    '3日後',
    '12月3日の朝',
    '1時間後',
    '3日前',
    '昨日',
  ]);
  const told = toldToSend().filter((text) => !elsewhere.has(text));

  test('is known to this test', () => {
    const known = new Set([...Object.keys(PROMISED), ...COMMANDS]);
    expect(told.filter((text) => !known.has(text))).toEqual([]);
    expect(told.length).toBeGreaterThan(5);
  });

  test.each(Object.entries(PROMISED))(
    '「%s」 opens %s, at once or among the choices',
    (text, topic) => {
      const chat = startChat();
      const { turn } = chat.say(text);
      const offered = turn.replies.flatMap(({ choices = [] }) => choices.map(({ data }) => data));
      const opened = chat.state()?.answers['topic'];
      expect([`o=${opened}`, ...offered]).toContain(`o=${topic}`);
    },
  );

  test.each(COMMANDS)('「%s」 is a command', (text) => {
    const chat = startChat();
    const { said } = chat.say(text);
    expect(said).not.toContain('system.unclear');
  });
});

describe('the names of the topics', () => {
  const { content } = bundle();
  const topics = ['top', 'more'].flatMap((node) => {
    const menu = content.dialogs['menu']?.nodes[node];
    const labels = content.messages['menu']?.nodes[node]?.answers ?? {};
    return Object.entries(menu?.kind === 'ask' ? menu.answers : {}).flatMap(([answer, target]) =>
      typeof target === 'string'
        ? []
        : [[answerWords(own(labels, answer) ?? answer).label, target.open] as const],
    );
  });

  test.each(topics)('「%s」, typed as the first thing, opens %s', (label, topic) => {
    const chat = startChat();
    chat.say(label);
    expect(chat.state()?.answers['topic']).toBe(topic);
  });

  test.each(topics)('「%s」, typed in the menu, opens %s', (label, topic) => {
    const chat = startChat();
    chat.say('メニュー');
    chat.say(label);
    expect(chat.state()?.answers['topic']).toBe(topic);
  });

  test.each(topics.map(([, topic]) => [content.messages[topic]?.title ?? '', topic]))(
    'the title 「%s」 opens %s',
    (title, topic) => {
      const chat = startChat();
      chat.say(title);
      expect(chat.state()?.answers['topic']).toBe(topic);
    },
  );
});
