import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/japan-time.ts';
import { type Chat, startChat } from './chat.ts';

function led(...texts: readonly string[]): Chat {
  const chat = startChat();
  for (const text of texts) chat.say(text);
  return chat;
}

const TO_THE_HOW = ['壊れていた', '撮れた', 'Amazonが発送', '昨日'];
/** Somebody has answered a question so that the bot asks whether that is what he meant. */
const GUESSED = ['配達済みなのにない', '宅配ボックスも見ました'];

describe('to 「…ということでしょうか？」, a word that is more than yes or no answers the question itself', () => {
  test('「ありました」 does not agree that it is nowhere', () => {
    expect(led(...GUESSED).say('ありました').said).toEqual(['delivered-missing.found']);
  });

  test('「ない」 does not deny that it is nowhere', () => {
    expect(led(...GUESSED).say('ない').said).toEqual(['delivered-missing.trace']);
  });

  test('「できました」 tells that it is done', () => {
    const chat = led(...TO_THE_HOW, 'ボタンが反応せん');
    expect(chat.state()?.pending?.node).toBe('near');
    expect(chat.say('できました').said[0]).toBe('defective-wrong.done');
  });

  test.each([
    ['はい', 'delivered-missing.trace'],
    ['そうです', 'delivered-missing.trace'],
    ['いいえ', 'delivered-missing.places'],
  ])('and 「%s」 is yes or no', (text, said) => {
    expect(led(...GUESSED).say(text).said).toEqual([said]);
  });
});

describe('of topics that are offered, one is taken', () => {
  test('by an answer to its first question: 「知らずに入っていた」 tells of no wrong goods', () => {
    const chat = led('プライム会員になった覚えないのに600円引かれてる');
    expect(chat.state()?.pending?.node).toBe('choose-first');
    expect(chat.say('知らずに入っていた').said[0]).toBe('prime-membership.unaware');
  });

  test('by going on to tell of it, which is not asked about a second time', () => {
    const chat = led('返品したい', '身に覚えのない請求があります');
    expect(chat.state()?.pending?.node).toBe('switch');
    expect(chat.say('カードから勝手に引き落とされている').said).toEqual(['unknown-charge.seen']);
  });

  test('by one word of its first answers: 「電話」', () => {
    expect(led('返品したい', '電話したい').say('電話').said[0]).toBe('contact-howto.prepare');
  });

  test.each(['アマゾンです', 'アマゾンで買いました', '間違えました。Amazonでした'])(
    'after another shop was heard, by the name of this one: 「%s」',
    (text) => {
      const chat = led('メルカリで買ったものが届かない');
      expect(chat.say(text).said).toEqual(['not-delivered.status']);
    },
  );

  test('and not by the denial of it: 「アマゾンじゃないです」', () => {
    const { said } = led('メルカリで買ったものが届かない').say('アマゾンじゃないです');
    expect(said).not.toContain('not-delivered.status');
  });
});

describe('nobody is asked to write more plainly what was read', () => {
  test.each(['開けました', '返品したい', 'プリンターがない'])(
    'what another question of the topic asks for: 「%s」',
    (text) => {
      const chat = led('返品したい');
      expect(chat.say(text).said).toEqual(['system.noted', 'return-refund.seller']);
    },
  );

  test('where it was told before, no likeness is looked for in it', () => {
    const { said } = led('壊れてた').say('昨日届いたコップが割れてた');
    expect(said).toEqual(['system.noted', 'defective-wrong.photos']);
  });

  test('a second time in a row the ways out are offered', () => {
    expect(led('返品したい', '開けました').say('箱から出した').said).toEqual([
      'system.unclear-menu',
    ]);
  });

  test.each(['すみません', 'あのー', 'すいません。'])('who only calls: 「%s」', (text) => {
    expect(startChat().say(text).said).toEqual(['system.go-ahead', 'menu.top']);
  });

  test('who does not know which to choose, where no answer says that', () => {
    expect(led('あやしい連絡').say('わからない').said).toEqual([
      'system.unsure',
      'suspected-scam.damage',
    ]);
  });

  test.each([
    '質問があります',
    'ちょっと聞きたいんやけど',
    '相談したいことがあります',
    'お尋ねします',
  ])('who says that there is something to ask: 「%s」', (text) => {
    expect(startChat().say(text).said).toEqual(['system.go-ahead', 'menu.top']);
    const { said } = led('返品したい').say(text);
    expect(said).toEqual(['system.go-ahead', 'return-refund.seller']);
  });
});

describe('a sentence left open at its end, to be polite, says the same', () => {
  test.each([
    [['配達済みなのにない'], '見つからなくて', 'delivered-missing.trace'],
    [['ログインできない'], 'パスワード忘れちゃって', 'account-access.forgot'],
    [['ログインできない'], 'ロックされてしまって', 'account-access.locked'],
    [['電話がつながらない'], '折り返しが来なくて', 'no-connection.check'],
    [['あやしい連絡'], 'リンク押しちゃって', 'suspected-scam.clicked'],
    [['プライム会員'], 'やめたくて', 'prime-membership.manage'],
    [['不良品'], '割れてまして', 'system.noted'],
  ])('after %j: 「%s」', (before, text, said) => {
    expect(led(...before).say(text).said[0]).toBe(said);
  });
});

describe('what is told in passing', () => {
  test('is no question about the cost: 「無料体験です」', () => {
    const { said } = led('プライム会員', '解約したい', '携帯会社・アプリ').say('無料体験です');
    expect(said).toEqual(['asides.trial', 'prime-membership.carrier']);
  });

  test('that it is about somebody else', () => {
    const { said } = led('あやしい連絡').say('母のことです');
    expect(said).toEqual(['asides.family', 'suspected-scam.damage']);
  });
});

test('who does not know how to stop it is not sent round: 「やめ方がわからない」', () => {
  const chat = led('プライム会員', '解約したい', '携帯会社・アプリ');
  expect(chat.say('やめ方がわからない').said).toEqual(['reach.device']);
});

test('who has waited for long is not asked to wait: 「もう10日も待ってる」', () => {
  const { said } = led('荷物が届かない', 'まだ発送前').say('もう10日も待ってる');
  expect(said).toEqual(['not-delivered.seller']);
});

test('「返品した商品」 is waited for, and not to be returned', () => {
  expect(led('返品・返金').say('返品した商品').said).toEqual(['return-refund.refunded']);
});

describe('who asks whether all is well is not told that it is', () => {
  test.each(['大丈夫でしょうか', 'もう大丈夫ですか', 'これで大丈夫かね'])('「%s」', (text) => {
    const chat = led('あやしい連絡', '電話を切った', '何も伝えていない');
    expect(chat.say(text).said).not.toContain('solved.thanks');
  });

  test('and who says so is: 「大丈夫です」', () => {
    const chat = led('あやしい連絡', '電話を切った', '何も伝えていない');
    expect(chat.say('大丈夫です').said).toEqual(['solved.thanks']);
  });
});

test('who comes back after days to tell that it came is thanked: 「届きました」', () => {
  const chat = led('荷物が届かない', '発送済み・配達中');
  chat.nowMs += 2 * DAY_MS;
  expect(chat.say('届きました').said).toEqual(['system.thanks']);
});

test.each(['20にち', '11がつ 20にち', 'yesterday'])(
  'a day is read as it is typed: 「%s」',
  (text) => {
    expect(led('荷物が届かない', '発送済み・配達中').say(text).said).not.toContain(
      'system.slot-date',
    );
  },
);

test.each([
  ['my account is locked', 'account-access.locked'],
  ['hacked', 'account-access.hacked'],
])('who writes English is heard: 「%s」', (text, said) => {
  expect(led('ログインできない').say(text).said).toEqual([said]);
});

test('who cannot hang up gets a card that fits one look, with nothing in English to copy', () => {
  const { text } = led('あやしい連絡', 'いま相手と話している').say('切れない・断れない');
  expect(text).toContain('何も言わずに切っても大丈夫です');
  expect(text).not.toMatch(/[a-z]{4,} [a-z]{2,}/);
  expect(text.length).toBeLessThan(400);
});

test.each([
  '画面にウイルスに感染しましたと出た',
  'ウイルス感染の警告が消えない',
  'ウイルスの警告が出ています',
])('a false warning is a fraud, from the first word on: 「%s」', (text) =>
  expect(startChat().say(text).said).toEqual(['suspected-scam.now']),
);

test('「できん」 is said of what cannot be done: the answer, not the end of it all', () => {
  expect(led('定期おトク便をやめたい').say('できん').said[0]).toBe('other-amazon.prepare');
});

test('a short word to whoever has asked nothing is no answer: 「押した」', () => {
  expect(startChat().say('押した').said[0]).not.toBe('suspected-scam.clicked');
});
