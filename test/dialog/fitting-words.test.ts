import { describe, expect, test } from 'vitest';
import { type Chat, startChat } from './chat.ts';

/** What the bot says to the last of these taps, from the menu's topic on; dates and order numbers are passed over. */
function wordsAfter(topic: string, ...labels: string[]): string {
  const chat = startChat();
  chat.say('メニュー');
  chat.say(topic);
  const heard = labels.map((label) => chat.tap(label));
  return heard.at(-1)?.text ?? '';
}

const TO_A_PERSON = ['スマホのアプリ', 'わからない・あとで'];

const UNSENT = 'いまも発送前の表示のままです';
const NOT_RECEIVED = '配達できなかったとの表示で、まだ受け取れておりません';

describe('the words for the call say what was found, also by who had to look it up first', () => {
  test.each([
    ['まだ発送前', '理由を聞きたい', UNSENT],
    ['不在・持ち戻り', '頼めない・来なかった', NOT_RECEIVED],
  ])('a parcel that is 「%s」', (display, next, words) => {
    const way = [display, next, 'Amazonが発送', ...TO_A_PERSON];
    expect(wordsAfter('荷物が届かない', ...way)).toContain(words);
    expect(wordsAfter('荷物が届かない', 'わからない', ...way)).toContain(words);
  });

  test('a parcel that is late is not said to be unsent', () => {
    const way = ['荷物が届かない', 'わからない', '発送済み・配達中', 'おととい', 'Amazonが発送'];
    const { text } = typed(...way, ...TO_A_PERSON);
    expect(text).toContain('お届け予定は');
    expect(text).not.toContain(UNSENT);
  });

  test.each([
    [['発送済み・配達中', 'わからない・あとで']],
    [['わからない', '発送済み・配達中', 'わからない・あとで']],
    [['わからない', '見つからない']],
  ])('a parcel of which no day is known is not said to be late: %s', (way) => {
    const text = wordsAfter('荷物が届かない', ...way, 'Amazonが発送', ...TO_A_PERSON);
    expect(text).toContain('荷物がまだ届いておりません。お届けの予定日と');
    expect(text).not.toMatch(/お届け予定(?:は|の)|has passed|was due/);
  });

  test.each([
    ['返送中と出ている', '「返送」の表示が出ております'],
    ['住所不明と出ている', '住所がわからないとの表示で'],
    ['Amazonの配達だった', NOT_RECEIVED],
  ])('who says 「%s」 is not made to say that redelivery was asked for', (next, words) => {
    const way = ['不在・持ち戻り', next, 'Amazonが発送'];
    const text = wordsAfter('荷物が届かない', ...way, ...TO_A_PERSON);
    expect(text).toContain(words);
    expect(text).not.toMatch(/お届け予定|再配達を?も?頼みました|不在票/);
  });

  test('who was refused before anything was sent does not write that it is late', () => {
    const way = ['まだ発送前', '理由を聞きたい', 'Amazonが発送', ...TO_A_PERSON];
    const text = wordsAfter('荷物が届かない', ...way, 'うまくいかない', '断られた・進まない');
    expect(text).toContain('以前にもご連絡しましたが');
    expect(text).not.toContain('お届け予定');
  });

  test.each(['壊れている・動かない', '違う商品が来た', '中古・偽物のよう', 'ほか・わからない'])(
    'who has no photo does not say so, nor when refused, nor to a seller: 「%s」',
    (what) => {
      const way = [
        what,
        '撮れない・捨てた',
        'Amazonが発送',
        'わからない・あとで',
        'できない・ボタンがない',
      ];
      const asks = /写真(?:も|が|は)?(?:ございます|あります|撮影|つき)|写真をお送り|photos/;
      expect(wordsAfter('不良品・違う商品', ...way, ...TO_A_PERSON)).toMatch(/交換、?または返金/);
      expect(wordsAfter('不良品・違う商品', ...way, ...TO_A_PERSON)).not.toMatch(asks);
      const refused = [...way, ...TO_A_PERSON, 'うまくいかない', '断られた・進まない'];
      expect(wordsAfter('不良品・違う商品', ...refused)).not.toMatch(asks);
      const seller = [what, '撮れない・捨てた', '出品者が発送', 'まだ連絡していない'];
      expect(wordsAfter('不良品・違う商品', ...seller)).not.toMatch(asks);
      const taken = [what, '撮れた', ...way.slice(2), ...TO_A_PERSON];
      expect(wordsAfter('不良品・違う商品', ...taken)).toMatch(/写真(?:も|が|は)/);
    },
  );

  test.each([
    [['高額・何度もある'], false],
    [['Digitalという名前', '勝手に買われたようだ'], false],
    [['1円などの少額', 'していない', '当てはまる'], false],
    [['ほか・わからない', 'わからない', 'どれもない'], true],
  ])('only who was sent to the histories says that they were looked at: %s', (way, looked) => {
    const last = ['わからない・あとで', 'わからない・あとで', 'スマホのアプリ'];
    const text = wordsAfter('知らない請求', ...way, ...last);
    expect(text).toContain('心当たりがございません');
    expect(/履歴(?:を確認し|は確認済み)|I checked|checked\)/.test(text)).toBe(looked);
  });

  test('who finds an old address in the order says that, and not that all places were searched', () => {
    const way = ['住所がちがっていた', 'Amazonが発送', 'Amazonの配達', ...TO_A_PERSON];
    const text = wordsAfter('配達済みなのにない', ...way);
    expect(text).toContain('お届け先が、いまの住所ではありませんでした');
    expect(text).not.toContain('宅配ボックス、家族、近隣は確認いたしました');
  });

  test.each([
    [['もう発送された']],
    [['わからない', 'もう発送された']],
    [['頼んだが返事がない', '発送されてしまった']],
    [['取り消しボタンがある', 'リクエストになった', '発送されてしまった']],
  ])('an order that was shipped meanwhile: %s', (way) => {
    const text = wordsAfter('注文を取り消したい', ...way, '窓口に相談する', ...TO_A_PERSON);
    expect(text).toContain('は発送済みですが、取り消したくお電話いたしました');
  });

  test.each([[['頼んだが返事がない']], [['取り消しボタンがある', 'リクエストになった']]])(
    'a request that is not answered: %s',
    (way) => {
      const last = ['返事がない・急ぐ', 'Amazonが販売', ...TO_A_PERSON];
      const text = wordsAfter('注文を取り消したい', ...way, ...last);
      expect(text).toContain('キャンセルリクエストを送りましたが');
    },
  );

  test.each([
    [['ボタンがない・押せない', 'Amazonが販売']],
    [['取り消しボタンがある', 'できなかった', 'Amazonが販売']],
    // Who cannot find the order cannot look in it who sells it.
    [['わからない', '見つからない']],
  ])('an order that could not be cancelled: %s', (way) => {
    const text = wordsAfter('注文を取り消したい', ...way, ...TO_A_PERSON);
    expect(text).toContain('画面からは取り消せませんでした');
  });
});

/** A chat in which all of this was typed, and what the bot said to the last of it. */
function typed(...texts: string[]): { chat: Chat; text: string } {
  const chat = startChat();
  const heard = texts.map((text) => chat.say(text));
  return { chat, text: heard.at(-1)?.text ?? '' };
}

describe('a parcel that is not due yet is not said to be late', () => {
  const WAY = ['荷物が届かない', '発送済み・配達中', '12/1', '急いでいる', 'Amazonが発送'];

  test('the words for the call ask if it comes in time', () => {
    const { text } = typed(...WAY, ...TO_A_PERSON);
    expect(text).toContain('お届けは12月1日（火）の予定と出ておりますが、急いでおります');
    expect(text).not.toContain('まだ届いておりません');
  });

  test('and say that it is late once it is', () => {
    const way = ['荷物が届かない', '発送済み・配達中', 'おととい', 'Amazonが発送'];
    const { text } = typed(...way, ...TO_A_PERSON);
    expect(text).toContain('まででしたが、まだ届いておりません');
  });
});

describe('a claim under the guarantee is asked for only by who can file one', () => {
  const SELLER = ['出品者とのトラブル', '出品者が発送', '返事がない', '5日前'];
  const CLAIM = /保証の申請(?:を|が|ができるか)|file an A-to-z/;

  test('who waits for an answer does, and the words fit with and without the day of the message', () => {
    const { text } = typed(...SELLER, '届かない', '11/10', 'ボタンがない', ...TO_A_PERSON);
    expect(text).toMatch(CLAIM);
    expect(text).toContain('出品者に連絡した日は11月16日（月）ですが、まだ解決しておりません');
    const unknown = [...SELLER.slice(0, 3), 'わからない・あとで', '届かない', '11/10'];
    expect(typed(...unknown, 'ボタンがない', ...TO_A_PERSON).text).toContain(
      '出品者に連絡した日は〇〇ですが、まだ解決しておりません',
    );
  });

  test.each([
    ['digital goods and fees', ['電子書籍・会費・ほか'], 'ほかにできることがないか'],
    [
      'a claim that was turned down',
      ['届かない', '11/10', '認められなかった'],
      '返金に至っておりません',
    ],
    ['one that comes too late', ['届かない', '7/1', '窓口に相談する'], 'ほかにできることがないか'],
  ])('not for %s', (_what, way, words) => {
    const { text } = typed(...SELLER, ...way, ...TO_A_PERSON);
    expect(text).toContain(words);
    expect(text).not.toMatch(CLAIM);
  });
});

describe('who gave more than one thing to a fraudster', () => {
  const GAVE = ['あやしい連絡', '入力した・払った'];
  const TO_THE_WORDS = ['Amazonに知らせる', '昨日', '3万円', 'スマホのアプリ'];

  test.each([
    ['the money first', ['お金・ギフト券', 'ほかにも渡した', '認証コード']],
    ['the money later', ['認証コード', 'ほかにも渡した', 'お金・ギフト券']],
    [
      'the money in between',
      ['カードの情報', 'ほかにも渡した', 'お金・ギフト券', 'ほかにも渡した', '認証コード'],
    ],
    [
      'the money among the offices',
      ['パスワード', '知らせる先を見る', 'ほかにも渡した', 'お金・ギフト券'],
    ],
  ])('still hears how the gift cards are stopped: %s', (_when, way) => {
    const { chat, text } = typed(...GAVE, ...way, '知らせる先を見る');
    expect(text).toContain('買ったカード、レシート、相手の番号を手元に');
    const heard = TO_THE_WORDS.map((each) => chat.say(each));
    expect(heard[1]?.said).toEqual(['suspected-scam.amount']);
    expect(heard.at(-1)?.text).toContain('30,000円分です。使用を止められるか');
  });

  test('hears what to do first for each of it', () => {
    const { chat, text } = typed(...GAVE, 'お金・ギフト券', 'ほかにも渡した', '認証コード');
    expect(text).toContain('パスワードを、いま変えてください');
    chat.say('ほかにも渡した');
    expect(chat.say('カードの情報').text).toContain('カード会社へ、いま電話してください');
    expect(chat.say('母のことです').said).toEqual([
      'suspected-scam.family',
      'suspected-scam.paid-bodies',
    ]);
  });

  test('can go back, or tap what stands further up, and the first is not forgotten', () => {
    const { chat } = typed(
      ...GAVE,
      'お金・ギフト券',
      'ほかにも渡した',
      '認証コード',
      '戻る',
      '戻る',
    );
    expect(chat.tap('知らせる先を見る').said).toEqual(['suspected-scam.paid-bodies']);
  });

  test('has the words for the card company, too, when the card came later', () => {
    const way = ['パスワード', 'ほかにも渡した', 'カードの情報', '知らせる先を見る'];
    const last = ['Amazonに知らせる', '昨日', 'スマホのアプリ'];
    expect(typed(...GAVE, ...way, ...last).text).toContain('カードの情報を渡してしまいました');
  });
});

test('a seller who cancelled the order is not asked again: what to look at comes next', () => {
  const way = ['ボタンがない・押せない', '出品者が販売', '取り消してくれた'];
  const text = wordsAfter('注文を取り消したい', ...way);
  expect(text).toContain('取り消しのあとに見るところ');
  expect(text).not.toContain('あとで');
});

describe('only who asked for a call back writes in the chat that none has come', () => {
  const CALL_BACK = '電話での折り返しをお願いしましたが、まだお電話がありません';

  test.each([
    ['折り返しが来ない', CALL_BACK],
    ['かけてもつながらない', '電話ではお問い合わせができなかったため'],
    ['電話のボタンがない', '電話ではお問い合わせができなかったため'],
    ['途中で切れた', '先ほどお話ししていた途中で、電話が切れてしまいました'],
  ])('%s', (what, words) => {
    const text = wordsAfter('電話がつながらない', what, 'チャットにする', ...TO_A_PERSON);
    expect(text).toContain(words);
    expect(text.includes(CALL_BACK)).toBe(words === CALL_BACK);
  });
});

describe('a seller who does not cancel', () => {
  const REFUSED = ['ボタンがない・押せない', '出品者が販売', '断られた'];

  test('is no matter of digital goods or parcels: it is asked how far the order is', () => {
    const text = wordsAfter('注文を取り消したい', ...REFUSED);
    expect(text).toContain('出品者が取り消さないとき');
    expect(text).not.toContain('電子書籍');
  });

  test('leads to words about the cancellation while nothing is shipped', () => {
    const text = wordsAfter('注文を取り消したい', ...REFUSED, 'まだ発送前', ...TO_A_PERSON);
    expect(text).toContain('出品者に取り消しをお願いしましたが');
    expect(text).not.toContain('マーケットプレイス保証');
  });

  test('is asked to take the goods back once they are shipped', () => {
    const text = wordsAfter('注文を取り消したい', ...REFUSED, '発送された・届いた');
    expect(text).toContain('返品をお願いいたします');
  });

  test('is known to the topic of sellers, too', () => {
    const way = ['出品者が発送', '断られた・応じない', '取り消してくれない', 'まだ発送前'];
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('そのほか');
    chat.tap('出品者とのトラブル');
    const heard = [...way, ...TO_A_PERSON].map((label) => chat.tap(label));
    expect(heard.at(-1)?.text).toContain('出品者に取り消しをお願いしましたが');
  });
});

describe('the refund of a cancelled order', () => {
  test('needs no sender, and no day on which anything was sent back', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    expect(chat.tap('返金がまだ').said).toEqual(['return-refund.refunded']);
    expect(chat.say('発送前にキャンセルした').said).toEqual(['return-refund.pay']);
    expect(chat.tap('クレジットカード').said).toEqual(['return-refund.times', 'reach.device']);
    expect(chat.tap('スマホのアプリ').said).toEqual(['reach.steps', 'return-refund.order']);
    const { text } = chat.tap('わからない・あとで');
    expect(text).toContain('商品を受け取らずに取り消しとなりましたが');
  });

  test('is not counted from the day another parcel was sent back', () => {
    const chat = startChat();
    chat.say('メニュー');
    for (const label of ['返品・返金', '返金がまだ', '返品した商品', 'Amazonが発送'])
      chat.tap(label);
    chat.say('11月15日');
    chat.say('返金がまだ');
    chat.tap('取り消した注文');
    expect(chat.tap('クレジットカード').text).not.toContain('返送してから2週間');
  });

  test('what was sent back is still counted from that day', () => {
    const way = ['返金がまだ', '返品した商品', 'Amazonが発送', '昨日', 'クレジットカード'];
    expect(wordsAfter('返品・返金', ...way)).toContain('返送してから2週間');
  });
});

/** What is said of the amount to who describes the state of the goods so. */
function amountFor(state: string): string {
  const chat = startChat();
  chat.say('メニュー');
  for (const label of ['返品・返金', '返品したい', 'Amazonが発送', 'わからない・あとで'])
    chat.tap(label);
  return chat.say(state).text;
}

describe('half of the price comes back for what was opened', () => {
  test.each(['開けたけど使ってない', '箱は開けたけど中身は使っていません', '開封したが未使用です'])(
    '「%s」',
    (text) => expect(amountFor(text)).toContain('商品代金の50％'),
  );

  test.each(['使っていません', '開封しましたが使用していません'])(
    '「%s」 may be said of both: no amount is told',
    (text) => expect(amountFor(text)).not.toContain('商品代金の'),
  );
});
