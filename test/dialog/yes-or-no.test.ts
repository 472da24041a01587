import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/japan-time.ts';
import { askedForSeller, startChat } from './chat.ts';

/** In the middle of a topic, asked whether to go over to another. */
function askedToSwitch(text: string) {
  const chat = askedForSeller();
  expect(chat.say(text).said).toEqual(['system.switch']);
  return chat;
}

describe('yes and no to a question of the bot itself', () => {
  test.each(['荷物が届かないんです', '電話がつながらない', 'ログインできない'])(
    'whether to go over to 「%s」',
    (text) => {
      expect(askedToSwitch(text).say('いいえ').said).toEqual(['return-refund.seller']);
      const gone = askedToSwitch(text).say('はい').turn;
      expect(gone.state?.answers['topic']).not.toBe('return-refund');
    },
  );

  test('「うーん」 is neither', () => {
    expect(askedToSwitch('荷物が届かないんです').say('うーん').said).toEqual([
      'system.unclear',
      'system.switch',
    ]);
  });
});

/** In the scam topic, asked what the other side was told. */
function onThePhone() {
  const chat = startChat();
  chat.say('あやしい連絡');
  chat.tap('いま相手と話している');
  return chat;
}

describe('somebody who is on the phone with a fraudster', () => {
  test.each([
    'はい',
    '切ったけどカード番号を言った',
    '切ったけど番号は教えてしまった',
    'もう払った',
  ])('「%s」 means that something was given away', (text) => {
    expect(onThePhone().say(text).said).toEqual(['suspected-scam.gave']);
  });

  test.each(['いいえ', '何も言ってない'])('「%s」 means that nothing was', (text) => {
    expect(onThePhone().say(text).said).toContain('suspected-scam.phone-report');
  });

  test('who does not know what happened is not told that all is well', () => {
    const chat = startChat();
    chat.say('あやしい連絡');
    expect(chat.say('わからない').said).not.toContain('suspected-scam.received');
  });
});

test.each([
  'https://amazon.co.jp.account-update.xyz/login ってSMSが来た',
  'amazon.gift-card-refund.xyz/cancel ってSMSが来た',
  'ａｍａｚｏｎ－refund－login.com ってSMSが来た',
  'hxxps://amazon[.]co[.]jp[.]account[.]xyz/login ってSMSが来た',
  'refund-account@amazon-cancel.com からSMSが来た',
])('the address of a forged page does not choose the topic: %s', (text) => {
  const chat = startChat();
  expect(chat.say(text).said).toEqual(['system.contact-lookalike', 'suspected-scam.damage']);
});

test.each([
  ['ログインできない', '退会したい', 'more', 'close'],
  ['電話・チャットのしかた', '料金', 'more', 'cost'],
])(
  '「%s」: 「%s」, which stands under その他, need not be said twice',
  (topic, text, more, answer) => {
    const chat = startChat();
    chat.say('メニュー');
    chat.say(topic);
    const { answers } = chat.say(text).turn.state ?? {};
    expect(Object.values(answers ?? {})).toEqual(expect.arrayContaining([more, answer]));
  },
);

test('small talk between two topics to choose from leaves the choice open', () => {
  const chat = startChat();
  expect(chat.say('五万円').said).toEqual(['system.choose']);
  expect(chat.say('今日はいい天気ですね').said).toEqual(['system.unclear', 'system.choose']);
});

describe('「明日10時に教えて」', () => {
  test('in the middle of a topic is kept for it, and the question stays', () => {
    const chat = askedForSeller();
    const { turn, said } = chat.say('明日10時に教えて');
    expect(said).toEqual(['system.reminder-set']);
    const dueMs = chat.nowMs + DAY_MS;
    expect(turn.schedule).toEqual([{ id: chat.state()?.reminders?.[0]?.id, dueMs }]);
    expect(chat.state()?.reminders).toMatchObject([{ topic: 'return-refund', dueMs }]);
    expect(chat.tap('今の続き').said).toEqual(['return-refund.seller']);
  });

  test('of a moment that has passed is asked for again', () => {
    expect(askedForSeller().say('昨日の10時に教えて').said).toEqual(['system.reminder-past']);
  });

  test('with nothing to ask about is told how reminders come about', () => {
    expect(startChat().say('明日10時に教えて').said).toEqual(['system.reminder-none']);
  });
});
