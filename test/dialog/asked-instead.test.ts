import { describe, expect, test } from 'vitest';
import { type Chat, startChat } from './chat.ts';

function led(...texts: readonly string[]): Chat {
  const chat = startChat();
  for (const text of texts) chat.say(text);
  return chat;
}

const TO_THE_DAY = ['荷物が届かない', '発送済み・配達中'];

describe('who tells that it has come, where the day is asked on which it was due', () => {
  test.each(['昨日届いた', '今朝届きました', 'さっき届きました', '届きました'])(
    'is not told to complain that it did not: 「%s」',
    (text) => {
      const chat = led(...TO_THE_DAY);
      expect(chat.say(text).said).toEqual(['system.thanks']);
      expect(chat.state()?.slots).toEqual({});
      expect(chat.say('今の続き').said).toEqual(['not-delivered.estimate']);
    },
  );

  test.each(['昨日届くはずだった', '18日の予定だったけど届いてない', '昨日'])(
    'but the day is taken from 「%s」',
    (text) => {
      expect(led(...TO_THE_DAY).say(text).said).toEqual(['not-delivered.seller']);
    },
  );

  test('and where the day is asked on which it came, 「昨日届いた」 is that day', () => {
    const { said } = led('返品したい', 'Amazonが発送').say('昨日届いた');
    expect(said).toContain('return-refund.window');
  });

  test('a card that was stopped does not end a fraud', () => {
    const chat = led('あやしい連絡', '入力した・払った', 'カードの情報', '知らせる先を見る');
    expect(chat.say('カードを止めた').said).not.toContain('system.thanks');
  });
});

describe('who only supposes is not told that all is well', () => {
  test.each([
    '隣の家かも',
    '隣の家',
    '家族が受け取ったのかな',
    '見つかった？',
    '宅配ボックスに入ってるはず',
  ])('where a parcel is looked for: 「%s」', (text) => {
    expect(led('配達済みなのにない').say(text).said).not.toContain('delivered-missing.found');
  });

  test.each(['隣の家にあった', '家族が受け取ってた', '見つかりました！'])(
    'but whoever found it is: 「%s」',
    (text) => {
      expect(led('配達済みなのにない').say(text).said).toEqual(['delivered-missing.found']);
    },
  );

  test('nor is 「届いたかも」 the end of waiting', () => {
    expect(led(...TO_THE_DAY).say('届いたかも').said).not.toContain('system.thanks');
  });
});

describe('in the hands of a fraudster', () => {
  test.each(['買いに行くところです', 'まだ買ってない', '母が話してる', 'コンビニにいる'])(
    'it is said at once to hang up: 「%s」',
    (text) => {
      expect(led('あやしい連絡').say(text).said).toEqual(['suspected-scam.now']);
    },
  );

  test.each([
    ['リンク押したけど閉じた', 'suspected-scam.clicked'],
    ['切らせました', 'suspected-scam.before-cut'],
    ['カード番号を伝えたみたい', 'suspected-scam.gave'],
  ])('「%s」 is no other matter', (text, said) => {
    expect(led('あやしい連絡').say(text).said).toEqual([said]);
  });
});

describe('a faint likeness does not lead away from what the bot has just asked', () => {
  test('to choose one of two: 「押してない」 tells of no broken goods, and answers one of them', () => {
    const chat = led('メール来た、アカウント停止って');
    expect(chat.say('押してない').said).toEqual(['suspected-scam.received']);
  });

  test('which of two comes first', () => {
    const chat = led('やっぱり返品じゃなくてキャンセルしたい');
    const { said } = chat.say('赤いの');
    expect(said).toEqual(['system.unclear', 'system.choose-first']);
  });

  test('how it went: 「忘れてた」 is no lost password', () => {
    const chat = led(...TO_THE_DAY, '11月18日', 'Amazonが発送', 'パソコン', 'わからない・あとで');
    chat.say('これからやってみる');
    chat.tap('明日の朝');
    const [reminder] = chat.state()?.reminders ?? [];
    if (!reminder) throw new Error('No reminder was set.');
    chat.nowMs = reminder.dueMs;
    chat.happen({ kind: 'reminder', reminderId: reminder.id, dueMs: reminder.dueMs });
    expect(chat.say('忘れてた').said).toEqual(['system.unclear', 'system.reminder-due']);
  });
});

test('「使ってない」 is not 「わからない」', () => {
  expect(led('プライム会員').say('使ってない').said).not.toContain('prime-membership.more');
});

test.each([
  [['荷物が届かない'], '発送済', 'not-delivered.moving'],
  [['荷物が届かない'], '発送したて書いてあるわ', 'not-delivered.moving'],
  [TO_THE_DAY, 'I don’t know', 'not-delivered.seller'],
  [['返品したい', 'Amazonが発送'], 'yesterday', 'return-refund.window'],
  [['子供が間違えて注文した', 'まだ発送前'], 'キャンセルした', 'cancel-order.done'],
  [[], '知らない人から荷物が届いた', 'suspected-scam.parcel'],
  [['荷物が届かない', 'まだ発送前'], 'いつ発送されるの', 'not-delivered.seller'],
  [['荷物が届かない', 'まだ発送前'], '今から払う', 'wait.later'],
  [['配達済みなのにない'], '娘が持ってた', 'delivered-missing.found'],
  [['配達済みなのにない'], '家族に聞いてみる', 'wait.later'],
  [['返金がまだ', '返品した商品'], '返金されてました', 'system.thanks'],
  [['電話で話したい', 'スマホのアプリ', 'わからない・あとで'], '助かったわ', 'solved.thanks'],
  [[], 'ギフト券が使えない', 'other-amazon.gift'],
  [[], '定期おトク便やめたい', 'other-amazon.subscribe'],
  [['あやしい連絡', '電話を切った'], 'なにも言ってない', 'suspected-scam.phone-report'],
  [['あやしい連絡', 'いま相手と話している'], '相手が怒ってる', 'suspected-scam.refuse'],
  [['プライム会員', '知らずに入っていた'], '使ってない', 'prime-membership.charged'],
  [['返品したい', 'Amazonが発送'], 'さっき届いた', 'return-refund.window'],
  [[], 'ハッキングされたかも', 'account-access.hacked'],
  [[], '壊れてた', 'defective-wrong.photos'],
  [[], 'プライム解約したい', 'prime-membership.manage'],
  [['荷物が届かない'], 'トラックに乗ってるみたい', 'not-delivered.moving'],
  [[], 'これ公式？', 'system.about'],
])('everyday words are understood: after %j, 「%s」', (before, text, said) => {
  expect(led(...before).say(text).said).toContain(said);
});
