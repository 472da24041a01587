import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/japan-time.ts';
import { type Chat, askedForDay, askedForSeller, startChat } from './chat.ts';

/** Led through あやしい連絡 by taps and words. */
function scam(...said: readonly string[]): Chat {
  const chat = startChat();
  for (const text of ['あやしい連絡', ...said]) chat.say(text);
  return chat;
}

describe('a victim is not told that all is well', () => {
  test.each([
    [[], 'パスワードは入れたけどお金は払ってない'],
    [[], 'リンクは押したけど払ってない'],
    [[], '遠隔アプリ入れたけど何もしてない'],
    [['いま相手と話している'], 'コードは言ったけどカード番号は言ってない'],
    [['リンクを押した'], 'パスワードは入れたけどカードは入れてない'],
  ])('after %j: 「%s」 is asked about', (before, text) => {
    expect(scam(...before).say(text).said).toEqual(['system.near']);
  });

  test.each(['カード番号は言ってない', '払ってない'])(
    'who denies one thing alone is not taken to have said nothing: 「%s」',
    (text) => {
      expect(scam('いま相手と話している').say(text).said).toEqual(['system.near']);
    },
  );

  test.each(['カードも入れた', 'コードも言った'])(
    'who gave away more can say so: 「%s」',
    (text) => {
      expect(scam('入力した・払った', 'パスワード').say(text).said).toEqual([
        'suspected-scam.gave-more',
      ]);
      const told = scam('入力した・払った', 'パスワード', '知らせる先を見る');
      expect(told.say(text).said).toEqual(['suspected-scam.gave-more']);
    },
  );

  test('and who remembers it when all has been said is led through it again', () => {
    const chat = scam('いま相手と話している', '何も言ってない');
    expect(chat.say('コードを教えた').said).toEqual(['system.again']);
    expect(chat.say('はい').said).toEqual(['suspected-scam.damage']);
  });

  test('a caller who calls again is no good news', () => {
    const chat = scam('いま相手と話している', '何も言ってない');
    expect(chat.say('また電話がかかってきた').said).not.toContain('solved.thanks');
  });
});

test('in the middle of a fraud nobody is led to a parcel: 「まだ切ってない」', () => {
  const { said } = scam('いま相手と話している').say('まだ切ってない');
  expect(said).not.toContain('system.switch');
});

describe('in the middle of a fraud', () => {
  test.each(['楽天を名乗る電話', '楽天銀行に振り込みました', 'ヤマトから電話', '佐川に聞いた'])(
    'nobody is sent to the shop, bank or carrier that is named: 「%s」',
    (text) => {
      const { said } = scam('入力した・払った', 'パスワード').say(text);
      expect(said).not.toContain('system.outside-other-shop');
      expect(said).not.toContain('system.outside-carrier');
    },
  );
});

describe('a command that is only guessed', () => {
  test.each([['終わってない'], ['別に']])('does not end the first aid: 「%s」', (text) => {
    const chat = scam('入力した・払った', 'パスワード');
    chat.say(text);
    expect(chat.state()).toMatchObject({ dialog: 'suspected-scam', node: 'first-aid' });
  });

  test('leads nobody out of a question into the menu: 「別に」', () => {
    const chat = askedForSeller();
    chat.say('別に');
    expect(chat.state()).toMatchObject({ dialog: 'return-refund', node: 'seller' });
  });

  test('does not go back where somebody has closed a page: 「おしてしまったけどすぐとじた」', () => {
    expect(scam().say('おしてしまったけどすぐとじた').said).not.toContain('system.nothing-before');
  });

  test.each(['終わりにします', 'もういい', 'やめます'])(
    'and what is meant is done: 「%s」',
    (text) => {
      expect(askedForSeller().say(text).said).toEqual(['system.cancelled']);
    },
  );
});

test.each(['明日届くそうです', '音がうるさい', 'ネットが使えない'])(
  'no comfort against rudeness is offered to 「%s」',
  (text) => {
    expect(askedForSeller().say(text).said).not.toContain('system.outside-insult');
  },
);

test('a topic that is opened by the label of its first answer is answered with it', () => {
  expect(startChat().say('返金がまだ').turn.state?.answers['want']).toBe('refund');
});

describe('what comes before everything else', () => {
  test('is an emergency, also in the middle of a topic: the question is not asked again', () => {
    expect(askedForSeller().say('子どもがボタン電池を飲んだ').said).toEqual([
      'system.outside-emergency',
    ]);
  });

  test('is a fraud: of two issues it is the first, and the other is not forgotten', () => {
    const chat = startChat();
    expect(chat.say('怪しいSMSが来たし、荷物も届かない').said).toEqual(['suspected-scam.damage']);
    expect(chat.state()?.later).toEqual(['not-delivered']);
  });
});

describe('an answer in few words is not sent away', () => {
  test.each(['先月', '給料日', 'スマホ'])(
    '「%s」, asked for a day, is shown how one is written',
    (text) => {
      expect(askedForDay().say(text).said).toEqual(['system.slot-date', 'return-refund.arrived']);
    },
  );

  test('who begins with small talk still hears what this is for', () => {
    expect(startChat().say('今日はいい天気ですね').said[0]).toBe('system.outside-smalltalk');
  });
});

describe('a correction that names the right answer', () => {
  test.each([
    '違う、返金がまだ',
    'ちがいます 返金がまだ',
    'まちがえた、返金がまだでした',
    'やっぱり返金がまだ',
  ])('「%s」 goes back and takes it', (text) => {
    const chat = askedForSeller();
    expect(chat.state()?.answers['want']).toBe('back');
    chat.say(text);
    expect(chat.state()?.answers['want']).toBe('refund');
  });

  test('「やっぱり」 before an answer of the present question is that answer', () => {
    const chat = askedForSeller();
    expect(chat.say('やっぱりAmazonが発送').said).toEqual(['return-refund.arrived']);
  });

  test.each([
    'いや返品したい',
    '違います、返品したい',
    'あ、やっぱり返品したい',
    'ちゃうねん、返品したい',
  ])('「%s」 needs no comma', (text) => {
    const chat = startChat();
    chat.say('返品・返金');
    chat.say('返金がまだ');
    chat.say(text);
    expect(chat.state()?.answers['want']).toBe('back');
  });

  test('「違います」 alone goes back and asks', () => {
    expect(askedForSeller().say('違います').said).toEqual(['return-refund.want']);
  });

  test('of a day is read, too', () => {
    const chat = askedForDay();
    chat.say('昨日');
    chat.say('やっぱり一昨日だった');
    expect(chat.state()?.slots['arrived']?.value).toBe('2026-11-19');
  });

  test.each(['いや、3です', 'いいえ、1です', 'いや、わからない'])(
    '「%s」 names no place in a list that is out of sight',
    (text) => {
      const chat = askedForDay();
      chat.say(text);
      expect(chat.state()?.answers).toMatchObject({ seller: 'amazon' });
    },
  );

  test('「違う商品が届いた」 is none', () => {
    const chat = askedForSeller();
    expect(chat.say('違う商品が届いた').said).toEqual(['system.switch']);
  });

  test('with nothing to go back to is read as any other text', () => {
    expect(startChat().say('違う、荷物が届かない').said).toEqual(['not-delivered.status']);
  });
});

test('「両方」 to two issues begins with the first', () => {
  const chat = startChat();
  chat.say('荷物が届かないし、プライムも解約したい');
  expect(chat.say('両方').said).toEqual(['prime-membership.want']);
  expect(chat.state()?.later).toEqual(['not-delivered']);
});

describe('a forged address in the place of an amount or an order number', () => {
  test.each(['https://amaz0n-verify.top/login', 'https://amazon-pay1.top/login これ本物？'])(
    'is looked at: %s',
    (text) => {
      const chat = startChat();
      chat.stored = {
        ...chat.say('メニュー').turn.state,
        dialog: 'unknown-charge',
        node: 'amount',
      };
      expect(chat.say(text).said[0]).toBe('system.contact-lookalike');
      expect(chat.state()?.slots['amount']).toBeUndefined();
    },
  );
});

/** Asked to be told in three days at nine. */
function withReminder(): Chat {
  const chat = askedForSeller();
  chat.say('3日後に教えて');
  return chat;
}

const dueDays = (chat: Chat): number[] =>
  (chat.state()?.reminders ?? []).map(({ dueMs }) => (dueMs - chat.nowMs) / DAY_MS);
const HOUR = HOUR_MS / DAY_MS;

describe('what is said after a reminder was set', () => {
  test.each(['お願いします', 'はい', 'わかりました', 'それでええよ'])(
    '「%s」 is thanks',
    (text) => {
      expect(withReminder().say(text).said).toEqual(['system.thanks']);
    },
  );

  test.each(['届いた', '荷物届いたよ', '今届いた！', '届きました、ありがとう'])(
    '「%s」 is the end of the matter',
    (text) => {
      const chat = startChat();
      chat.say('荷物が届かない');
      chat.say('明日10時に教えて');
      expect(chat.say(text).said).toEqual(['solved.thanks']);
      expect(dueDays(chat)).toEqual([]);
    },
  );

  test('「朝は無理」 names the moment that is not meant', () => {
    const chat = withReminder();
    const before = dueDays(chat);
    expect(chat.say('朝は無理').said).toEqual(['system.reminder-unclear']);
    expect(dueDays(chat)).toEqual(before);
  });
});

test.each(['1', '１', '一番', '最初'])(
  'with a reminder to come, 「%s」 alone is no news of it',
  (text) => {
    const chat = withReminder();
    const { dialog: _dialog, node: _node, pending: _pending, ...rest } = chat.state() ?? {};
    chat.stored = rest;
    expect(chat.say(text).said).not.toContain('solved.thanks');
    expect(dueDays(chat)).toHaveLength(1);
  },
);

describe('a wish to be reminded', () => {
  test.each(['あしたの10時におしえて', '明日10時にまた聞いて', '1時間後に思い出させて'])(
    '「%s」 is heard in the middle of a topic',
    (text) => {
      expect(askedForSeller().say(text).said).toEqual(['system.reminder-set']);
    },
  );

  test('is no answer where a day is asked for', () => {
    const chat = askedForDay();
    expect(chat.say('明日10時に教えて').said).toEqual(['system.reminder-set']);
    expect(chat.state()?.slots['arrived']).toBeUndefined();
  });

  test('is not what asks something else: 「明日届くか教えて」', () => {
    const chat = askedForSeller();
    chat.say('明日届くか教えて');
    expect(dueDays(chat)).toEqual([]);
  });
});

describe('a reminder that is to be changed', () => {
  test.each([
    ['やっぱり11時', 3 + HOUR],
    ['やっぱり夜8時にして', 3 + 10 * HOUR],
    ['11時に変えて', 3 + HOUR],
    ['やっぱり明後日', 2 - HOUR],
    ['1時間後にして', HOUR],
  ])('「%s」 keeps what is not named', (text, days) => {
    const chat = withReminder();
    expect(chat.say(text).said).toEqual(['system.reminder-set']);
    expect(dueDays(chat)).toEqual([expect.closeTo(days, 6)]);
  });

  test('「明後日の10時にも」 is one more', () => {
    const chat = withReminder();
    chat.say('明後日の10時にも教えて');
    expect(dueDays(chat)).toHaveLength(2);
  });

  test('「リマインドをキャンセル」 cancels no order', () => {
    const chat = withReminder();
    expect(chat.say('リマインドをキャンセル').said).toEqual(['system.reminder-withdrawn']);
    expect(dueDays(chat)).toEqual([]);
  });
});

/** An hour after a reminder asked how it went. */
function remindedOf(topic = '荷物が届かない'): Chat {
  const chat = startChat();
  chat.say(topic);
  chat.say('明日10時に教えて');
  const [reminder] = chat.state()?.reminders ?? [];
  if (!reminder) throw new Error('No reminder was kept.');
  chat.nowMs = reminder.dueMs;
  chat.happen({ kind: 'reminder', reminderId: reminder.id, dueMs: reminder.dueMs });
  chat.nowMs += HOUR_MS;
  return chat;
}

/** Where a topic asks whether it is solved. */
function endOf(topic: string): Chat {
  const chat = startChat();
  chat.say(topic);
  const state = chat.state();
  if (!state) throw new Error('Nothing was kept.');
  const answers = { ...state.answers, topic: state.dialog ?? '' };
  chat.stored = { ...state, answers, dialog: 'solved', node: 'ask' };
  return chat;
}

describe('what is answered to a reminder that asks how it went', () => {
  test.each(['さっき11時に届きました', '今朝届いた', '3日に届きました'])(
    '「%s」 is good news, no wish for another',
    (text) => {
      const chat = remindedOf();
      expect(chat.say(text).said).toEqual(['solved.thanks']);
      expect(dueDays(chat)).toEqual([]);
    },
  );

  test.each([
    '半分だけ届いた',
    '隣の人の荷物が届いた',
    '空箱が届いた',
    '変なメールが届いた',
    '偽物が届きました',
    '督促状が届いた',
    '不在票が届いた',
    'ログインできました',
  ])('「%s」 is no good news', (text) => {
    expect(remindedOf().say(text).said).not.toContain('solved.thanks');
    expect(endOf('荷物が届かない').say(text).said).not.toContain('solved.thanks');
  });

  test.each(['荷物が届きました', '今日やっと届いたよ', '無事届きました。ありがとうございました'])(
    '「%s」 is',
    (text) => {
      expect(remindedOf().say(text).said).toEqual(['solved.thanks']);
      expect(endOf('荷物が届かない').say(text).said).toContain('solved.thanks');
    },
  );

  test('what may be either is asked about: 「お米が届きました」', () => {
    const chat = remindedOf();
    expect(chat.say('お米が届きました').said).toEqual(['system.near-end']);
    expect(chat.state()?.pending?.choices.map(({ label }) => label)).toEqual([
      'はい',
      '不良品・違う商品',
      'まだです',
      'あとでまた聞いて',
    ]);
    expect(chat.say('はい').said).toEqual(['solved.thanks']);
  });

  test('what is good news of one matter is none of another', () => {
    const cancelled = remindedOf('注文を取り消したい');
    expect(cancelled.say('届きました').said).not.toContain('solved.thanks');
    expect(remindedOf('あやしい連絡').say('また電話が来た').said).not.toContain('solved.thanks');
  });

  test.each(['明日また', '夕方また', 'あした', '明日10時がいいんだけど'])(
    '「%s」 is a wish for another, too',
    (text) => {
      const chat = remindedOf();
      expect(chat.say(text).said).toContain('system.reminder-set');
      expect(dueDays(chat)).toHaveLength(1);
    },
  );

  test.each(['昨日届いたけど壊れてた', 'まだ。昨日も電話したけどだめ'])(
    '「%s」 sets no reminder either',
    (text) => {
      const chat = remindedOf();
      chat.say(text);
      expect(dueDays(chat)).toEqual([]);
    },
  );

  test('「夕方また聞いて」 is such a wish', () => {
    const chat = remindedOf();
    expect(chat.say('夕方また聞いて').said).toContain('system.reminder-set');
  });
});

/** A conversation that is asked whether all is well. */
function atTheEnd(): Chat {
  const chat = startChat();
  chat.say('あやしい連絡');
  for (const label of ['届いただけ', 'なかった']) chat.tap(label);
  expect(chat.state()).toMatchObject({ dialog: 'solved', node: 'ask' });
  return chat;
}

describe('where it is asked whether all is well', () => {
  test('another matter is none that did not go well: 「荷物が届かない」', () => {
    const { said } = atTheEnd().say('荷物が届かない');
    expect(said).not.toContain('solved.next');
  });

  test.each(['まだ届かない', 'うまくいかない', 'だめだった'])('「%s」 is', (text) => {
    expect(atTheEnd().say(text).said).toContain('solved.next');
  });
});

describe('an answer that ends a question', () => {
  test.each([
    ['詐欺にあった', '届いただけ'],
    ['番号が書いてあったので電話した', '届いただけ'],
    ['ありました。リンクからカード入れました', '届いただけ'],
    ['カード番号を言って切れた', 'いま相手と話している', '切れない・断れない'],
  ])('is not taken from a part of a victim’s sentence: 「%s」', (text, ...way) => {
    const chat = startChat();
    chat.say('あやしい連絡');
    for (const label of way) chat.tap(label);
    const { said, text: words } = chat.say(text);
    expect(said).not.toContain('suspected-scam.real');
    expect(said).not.toContain('suspected-scam.phone-report');
    expect(words).not.toMatch(/「(?:あった|切れた)」ということでしょうか/);
  });

  test.each(['変なメールからパスワードを入れた', '電話番号を入れました'])(
    'is not taken from 「%s」 where somebody cannot log in',
    (text) => {
      const chat = startChat();
      chat.say('ログインできない');
      chat.tap('パスワードを忘れた');
      expect(chat.say(text).said).not.toContain('account-access.safe');
      expect(startedOver(chat).say('入れました').said).toContain('account-access.safe');
    },
  );
});

/** The same conversation, one text earlier. */
function startedOver(chat: Chat): Chat {
  chat.say('戻る');
  chat.say('パスワードを忘れた');
  return chat;
}

describe('a reminder that is offered', () => {
  test.each(['はい', 'うん', 'はい、お願いします', 'お願いします'])('「%s」 asks when', (text) => {
    const chat = endOf('荷物が届かない');
    chat.say('これからやってみる');
    expect(chat.say(text).said).toEqual(['system.reminder-when', 'wait.later']);
  });

  test.each(['大丈夫です', 'いいえ', 'いりません'])('「%s」 declines it', (text) => {
    const chat = endOf('荷物が届かない');
    chat.say('これからやってみる');
    expect(chat.say(text).said).toEqual(['wait.end']);
  });

  test('「はいお願いします」, when it is set, does not end the matter', () => {
    const chat = startChat();
    chat.say('荷物が届かない');
    chat.say('明日10時に教えて');
    expect(chat.say('はいお願いします').said).toEqual(['system.thanks']);
    expect(dueDays(chat)).toHaveLength(1);
  });
});

describe('where it stopped', () => {
  test.each([
    ['断られた', 'solved.refused'],
    ['日本語が通じない', 'japanese-operator'],
  ])('「%s」 is heard before it is asked', (text, place) => {
    expect(remindedOf().say(text).said.join(' ')).toContain(place);
    expect(endOf('荷物が届かない').say(text).said.join(' ')).toContain(place);
  });

  test('what may be another matter is asked about, with the answers to the reminder', () => {
    const chat = remindedOf();
    expect(chat.say('変な電話も来ました').said).toEqual(['system.near-topic']);
    expect(chat.state()?.pending?.choices.map(({ label }) => label)).toEqual([
      'あやしい連絡',
      '届いた',
      'まだです',
      'あとでまた聞いて',
    ]);
    expect(chat.say('まだです').said).toEqual(['solved.next']);
  });
});

test('the name of the shop as it stands on the screen is an answer, no link to look at', () => {
  const chat = startChat();
  chat.say('荷物が届かない');
  chat.say('発送済み');
  chat.say('11月10日');
  expect(chat.say('https://www.amazon.co.jp').said).toEqual(['system.contact-listed']);
  expect(chat.say('Amazon.co.jp').said).toEqual(['reach.device']);
});

test('「いいえ」 to what a pasted link is about goes on where the user was', () => {
  const chat = startChat();
  chat.say('荷物が届かない');
  chat.say('https://amazon.co.jp.account-update.example/login');
  expect(chat.say('いいえ').said).toEqual(['not-delivered.status']);
});

test('a button that is put in between is pressed by all words that serve for it', () => {
  const chat = startChat();
  chat.say('キャンセルしたい');
  chat.say('ぬるぽ');
  chat.say('ぬるぽ');
  expect(chat.say('取り消しボタンがグレー').said).toContain('cancel-order.no-button');
});

test('a guess that was wrong does not stand in the way of the question', () => {
  const chat = startChat();
  chat.say('返品したい');
  expect(chat.say('知らない請求が来た').said).toEqual(['system.switch']);
  chat.say('ぬるぽ');
  chat.say('ぬるぽ');
  expect(chat.state()?.pending?.choices.map(({ label }) => label)).toContain('出品者が発送');
});

test('a day of the next month is no day of last year', () => {
  const chat = startChat();
  chat.say('返品したい');
  chat.say('Amazonが発送');
  expect(chat.say('12月1日').said[0]).toBe('system.slot-date-future');
});

test.each(['しらん', 'ようわからん', 'さあ'])(
  '「%s」 is not knowing, wherever that is an answer',
  (text) => {
    expect(askedForSeller().say(text).said).toEqual(askedForSeller().say('わからない').said);
  },
);

test('an order number that comes after the script is put into it', () => {
  const chat = startChat();
  for (const text of ['荷物が届かない', '発送済み', '11月10日', 'Amazonが発送', 'アプリ'])
    chat.say(text);
  expect(chat.say('わからない・あとで').text).toContain('注文番号〇〇');
  const { said, text } = chat.say('250-1234567-1234567');
  expect(text).toContain('注文番号250-1234567-1234567');
  expect(said.at(-1)).toBe('solved.ask');
});

test('an order number that comes first is kept for the question that asks for it', () => {
  const chat = startChat();
  expect(chat.say('250-1234567-1234567').said).toEqual(['system.order-kept', 'menu.top']);
  for (const text of ['荷物が届かない', '発送済み', '11月10日', 'Amazonが発送']) chat.say(text);
  expect(chat.say('アプリ').text).toContain('さっきの内容を使う');
  expect(chat.say('さっきの').text).toContain('注文番号250-1234567-1234567');
});

describe('fraud and danger that other words hide', () => {
  test.each([
    '押しちゃった',
    '警察からアマゾンの口座が犯罪に使われてると電話',
    'アマゾンビデオの料金が未納ですって裁判になるってハガキ',
  ])('「%s」 opens あやしい連絡', (text) => {
    const { turn } = startChat().say(text);
    expect(turn.state?.dialog).toBe('suspected-scam');
  });

  test.each(['子どもが怪我した', '違う薬を飲んでしまった', '昨日届いたバッテリーが燃えた'])(
    '「%s」 is answered with 119',
    (text) => {
      expect(startChat().say(text).said).toEqual(['system.outside-emergency']);
    },
  );

  test.each(['昨日バッテリーが燃えた', '昨日の夜充電器から煙が出た'])(
    '「%s」 is over, and no emergency any more',
    (text) => {
      expect(startChat().say(text).said).not.toContain('system.outside-emergency');
    },
  );
});

test.each(['届くそう', '来週届くそうや', '着くそうです'])('「%s」 holds no insult', (text) => {
  const chat = startChat();
  chat.say('荷物が届かない');
  expect(chat.say(text).said).not.toContain('system.outside-insult');
  expect(startChat().say(text).said).not.toContain('system.outside-insult');
});

test('junk mail at another company is that company’s: 「ヤフーの迷惑メールが多い」', () => {
  expect(startChat().say('ヤフーの迷惑メールが多い').said).toEqual(['system.outside-other-shop']);
});

test.each(['ちょっと待って', '今見てます', '確認してきます'])(
  'who needs a moment is not led away, nor told that he was not understood: 「%s」',
  (text) => {
    const chat = askedForSeller();
    expect(chat.say(text).said).toEqual(['system.no-hurry']);
    expect(chat.say('Amazonが発送').said).toEqual(['return-refund.arrived']);
  },
);

test('the day before is corrected: 「さっきの間違い 先週の日曜日」', () => {
  const chat = askedForDay();
  chat.say('昨日');
  expect(chat.say('さっきの間違い 先週の日曜日').said).toContain('return-refund.window');
  expect(chat.state()?.slots['arrived']?.value).toBe('2026-11-15');
});
