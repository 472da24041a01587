import { describe, expect, test } from 'vitest';
import { type Chat, startChat } from './chat.ts';

function led(...texts: readonly string[]): Chat {
  const chat = startChat();
  for (const text of texts) chat.say(text);
  return chat;
}

/** A chat in which all of this was typed, and what the bot said to the last of it. */
function typed(...texts: string[]): { chat: Chat; text: string } {
  const chat = startChat();
  const heard = texts.map((text) => chat.say(text));
  return { chat, text: heard.at(-1)?.text ?? '' };
}

test('in a fraud, what comes first of all is said to whoever cannot do it now', () => {
  const first = led('あやしい連絡', '入力した・払った', 'カードの情報');
  const heard = first.say('外出中で電話できない');
  expect(heard.said).toEqual(['suspected-scam.cannot', 'suspected-scam.bodies']);
  expect(heard.text).toContain('銀行かカード会社への電話です');
});

/** What is said to whoever asks for a family member who gave that away. */
const TO_CARD_COMPANY = 'だまされて、カードの情報を渡してしまいました';

function toFamily(gave: string): string {
  return typed('あやしい連絡', '入力した・払った', gave, '家族のことです').text;
}

describe('who asks for a family member', () => {
  test.each(['遠隔操作のアプリ', 'お金・ギフト券', 'カードの情報', 'パスワード'])(
    'hears nothing to go on talking with the caller: %s',
    (gave) => {
      expect(toFamily(gave)).toContain('ご家族から相談するとき');
      expect(toFamily(gave)).not.toContain('ご用件とお問い合わせ番号だけ伺えますか');
    },
  );

  test('has the words for the card company only if it was a card', () => {
    expect(toFamily('カードの情報')).toContain(TO_CARD_COMPANY);
    expect(toFamily('お金・ギフト券')).not.toContain(TO_CARD_COMPANY);
  });
});

test.each(['切りました', 'もう切りました', '電話は切りました', '切った'])(
  'who hangs up as the first card says is asked what was told before: 「%s」',
  (text) => expect(typed('あやしい連絡', text).text).toContain('切る前に、相手に何か'),
);

describe('who told it all on the phone', () => {
  const TOLD = ['あやしい連絡', 'いま相手と話している', '電話を切った', '伝えた・払った'];

  test('is not made to speak of a site where nothing was entered', () => {
    const { chat, text } = typed(...TOLD, 'カードの情報');
    const after = chat.tap('家族のことです').text;
    expect(text).toContain('だまされて、カードの情報を渡しました');
    expect(after).toContain(TO_CARD_COMPANY);
    expect(text + after).not.toMatch(/偽のサイトに|偽の画面に/);
  });

  test('can say in the chat what was told, and which app was put on', () => {
    const way = ['知らせる先を見る', 'Amazonに知らせる', '昨日', 'スマホのアプリ'];
    const { text } = typed(...TOLD, '遠隔操作のアプリ', ...way);
    expect(text).toContain('情報を入れた・伝えた: はい／いいえ');
    expect(text).toContain('遠隔操作のアプリを入れた: はい／いいえ');
  });
});

describe('who may have lost money is not told that there is no hurry', () => {
  const PAID = ['あやしい連絡', '入力した・払った', 'お金・ギフト券', '知らせる先を見る'];
  const SAID = ['あやしい連絡', '届いただけ', 'なかった'];

  test.each([[[...PAID, 'ここまででよい']], [[...SAID, 'これからやってみる']]])('%s', (way) => {
    const { chat, text } = typed(...way);
    expect(text).toContain('銀行やカード会社への電話だけは、いますぐ');
    expect(text).not.toContain('1週間後');
    const end = chat.tap('お知らせはいらない').text;
    expect(end).toContain('電話だけは、先にかけましょう');
    expect(end).not.toContain('あわてなくて大丈夫です');
  });

  test('nor who does not know a charge', () => {
    const way = ['知らない請求', '高額・何度もある', 'わからない・あとで', 'わからない・あとで'];
    const { chat } = typed(...way, 'スマホのアプリ', 'これからやってみる');
    const end = chat.tap('お知らせはいらない').text;
    expect(end).toContain('今日のうちにカード会社へ');
    expect(end).not.toContain('あわてなくて大丈夫です');
  });

  test('and who waits for a parcel still is', () => {
    const { chat, text } = typed('荷物が届かない', 'まだ発送前', '直した・待ってみる');
    expect(text).toContain('1週間後');
    expect(chat.tap('お知らせはいらない').text).toContain('あわてなくて大丈夫です');
  });
});

test('a number on a screen counts only in the official app, opened anew', () => {
  const { text } = typed('ログインできない', 'ロック・連絡の画面');
  expect(text).toContain('開き直した公式アプリの画面に電話番号があれば');
});

describe('a call that has ended is not yet one in which nothing was told', () => {
  test.each(['切った', '切りました', 'すぐ切った', '切れた', '終わりました'])('「%s」', (text) => {
    const asked = ['suspected-scam.before-cut'];
    expect(led('あやしい連絡', 'いま相手と話している').say(text).said).toEqual(asked);
    const refused = led('あやしい連絡', 'いま相手と話している', '切れない・断れない');
    expect(refused.say(text).said).toEqual(asked);
    expect(refused.say('少し言ったかも').said).toEqual(['suspected-scam.gave']);
  });

  test.each(['切れません', 'まだ', '無理'])(
    'and one that cannot be ended leads to the police: 「%s」',
    (text) => {
      const heard = led('あやしい連絡', 'いま相手と話している', '切れない・断れない').say(text);
      expect(heard.said).toEqual(['suspected-scam.still']);
      expect(heard.text.indexOf('110')).toBeGreaterThan(0);
    },
  );

  test('who read out a gift card has told something', () => {
    const chat = led('あやしい連絡', 'いま相手と話している', '切れない・断れない');
    expect(chat.say('ギフト券の番号読み上げました').said).toEqual(['suspected-scam.gave']);
  });
});

test.each([
  'iTunesカード',
  'steamカード',
  'アップルカード',
  '現金',
  'レターパック',
  '仮想通貨',
  'ゆうちょに',
  '振り込んだ',
])('money goes in many ways: 「%s」', (text) => {
  const chat = led('あやしい連絡', '入力した・払った');
  chat.say(text);
  expect(chat.state()?.answers['gave']).toBe('paid');
});

test.each([
  ['まだ入れない', 'no'],
  ['まだ入れないです', 'no'],
  ['まだ入れます', 'in'],
  ['できなくなった', 'no'],
])('「%s」 says whether one can log in', (text, answer) => {
  const chat = led('ログインできない', '乗っ取り・止めたい');
  chat.say(text);
  expect(chat.state()?.answers['hacked']).toBe(answer);
});

test.each([
  'リンクを押してカード番号も入れました',
  'メールのリンクからログインしてしまいました',
  '届いたメールにカード番号を書いて返信した',
])('who opened a link and gave something away is led by what was given away: 「%s」', (text) => {
  expect(led('あやしい連絡').say(text).said).toEqual(['suspected-scam.gave']);
});
