import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/japan-time.ts';
import { answerWords } from '../../src/dialog/content.ts';
import { bundle } from '../support/content.ts';
import { type Chat, startChat } from './chat.ts';

function led(...texts: readonly string[]): Chat {
  const chat = startChat();
  for (const text of texts) chat.say(text);
  return chat;
}

const TO_THE_NUMBER = [
  '荷物が届かない',
  '発送済み・配達中',
  '11月18日',
  'Amazonが発送',
  'パソコン',
];
const TO_THE_RETURN = ['返品したい', 'Amazonが発送', '昨日', '開けた'];
const NO_ANSWER_CAME = ['電話がつながらない', '折り返しが来ない'];
const CARD_TOLD = ['あやしい連絡', '入力した・払った', 'カードの情報'];

describe('what is asked back in the middle of a topic is answered, and the question asked again', () => {
  test.each([
    [TO_THE_NUMBER, '無料ですか', 'asides.cost', 'not-delivered.order'],
    [TO_THE_NUMBER, '電話代かかりますか？', 'asides.cost', 'not-delivered.order'],
    [TO_THE_NUMBER, '何時までやってますか', 'asides.hours', 'not-delivered.order'],
    [TO_THE_NUMBER, '日本語で話せますか', 'asides.japanese', 'not-delivered.order'],
    [TO_THE_NUMBER, '三本線ってどこ', 'asides.where', 'not-delivered.order'],
    [TO_THE_RETURN, '送料は誰が払うの', 'asides.postage', 'return-refund.how'],
    [TO_THE_RETURN, 'いつ返金されますか', 'asides.refund', 'return-refund.how'],
    [TO_THE_RETURN, '箱がないんだけど', 'asides.box', 'return-refund.how'],
    [NO_ANSWER_CAME, '知らない番号に出ていいの', 'asides.pick-up', 'no-connection.check'],
    [NO_ANSWER_CAME, '何分くらい待つの', 'asides.how-long', 'no-connection.check'],
    [CARD_TOLD, 'カード会社の番号がわからない', 'asides.card-number', 'suspected-scam.first-aid'],
    [CARD_TOLD, 'お金は戻ってきますか', 'asides.refund', 'suspected-scam.first-aid'],
    [
      CARD_TOLD,
      'また電話が来たら出ないほうがいいですか',
      'asides.pick-up',
      'suspected-scam.first-aid',
    ],
    [
      ['あやしい連絡', 'いま相手と話している'],
      '切ってもいいの',
      'asides.hang-up',
      'suspected-scam.now',
    ],
    [
      ['あやしい連絡', 'いま相手と話している'],
      '裁判になりますか',
      'asides.threat',
      'suspected-scam.now',
    ],
    [
      ['あやしい連絡', 'いま相手と話している'],
      '110番していい？',
      'asides.police',
      'suspected-scam.now',
    ],
    [
      ['あやしい連絡', '頼んでいない荷物'],
      '捨てていい？',
      'asides.open-box',
      'suspected-scam.parcel',
    ],
    [CARD_TOLD, '止められますか', 'asides.in-time', 'suspected-scam.first-aid'],
    [CARD_TOLD, '返金するって電話が来た', 'asides.call-back', 'suspected-scam.first-aid'],
    [['あやしい連絡'], '払わないとどうなるの', 'asides.pay', 'suspected-scam.damage'],
    [
      ['あやしい連絡', '届いただけ'],
      '消していい？',
      'asides.delete-mail',
      'suspected-scam.received',
    ],
    [
      ['あやしい連絡', '届いただけ'],
      '返信しちゃだめ？',
      'asides.reply-mail',
      'suspected-scam.received',
    ],
    [['あやしい連絡', '届いただけ'], '本物でしょうか', 'asides.real', 'suspected-scam.received'],
    [['知らない請求', '止めたい'], 'カード止めた', 'asides.did', 'unknown-charge.when'],
    [TO_THE_NUMBER, 'コピーってどうやるの', 'asides.copy', 'not-delivered.order'],
    [TO_THE_NUMBER, 'かけてみます', 'asides.will', 'not-delivered.order'],
    [TO_THE_NUMBER, 'お金返ってくる？', 'asides.refund', 'not-delivered.order'],
    [[...TO_THE_NUMBER, 'わからない・あとで'], '電話しました', 'asides.did', 'solved.ask'],
    [CARD_TOLD, 'もう大丈夫？', 'asides.safe', 'suspected-scam.first-aid'],
    [CARD_TOLD, '息子には言えません', 'asides.shame', 'suspected-scam.first-aid'],
    [CARD_TOLD, 'なるほど', 'asides.nod', 'suspected-scam.first-aid'],
  ])('after %j: 「%s」', (before, text, aside, question) => {
    const chat = led(...before);
    expect(chat.say(text).said).toEqual([aside, question]);
    expect(chat.state()?.misses).toBe(0);
  });

  test('two at once, both', () => {
    const chat = led(...TO_THE_NUMBER);
    expect(chat.say('無料ですか、何時までですか').said).toEqual([
      'asides.cost',
      'asides.hours',
      'not-delivered.order',
    ]);
  });

  test.each([
    'えっ半分しか戻らないの',
    'えっ、半分しか戻らないの？',
    'そうなんですか。お金は戻りますか',
  ])('the question in 「%s」, not the remark before it', (text) => {
    const chat = led(...TO_THE_RETURN);
    expect(chat.say(text).said).toEqual(['asides.refund', 'return-refund.how']);
  });

  test('and what the bot had guessed before is no longer asked', () => {
    const chat = led(...TO_THE_RETURN);
    expect(chat.say('箱ないとだめ？ 色が違う物が来たし').said).not.toContain('asides.box');
    expect(chat.say('送料はいくらですか').said).toEqual(['asides.postage', 'return-refund.how']);
  });

  test('in the words that fit the topic', () => {
    expect(led(...CARD_TOLD).say('お金は戻る？').text).toContain('カード会社');
    expect(led(...TO_THE_RETURN).say('お金は戻る？').text).not.toContain('カード会社に電話');
  });
});

describe('nothing else is taken for it', () => {
  test.each([
    [TO_THE_RETURN, 'ボタンがない', 'reach.device'],
    [['電話・チャットしたい'], '電話', 'contact-howto.prepare'],
    [['電話・チャットしたい'], 'お金かかる', 'contact-howto.cost'],
    [['電話・チャットしたい', 'メール・料金・ほか'], '無料', 'contact-howto.cost'],
  ])('an answer of the running question comes first: after %j, 「%s」', (before, text, said) => {
    expect(led(...before).say(text).said).toContain(said);
  });

  test.each(['電話', '番号', 'お金', '夜', '1', 'はい', 'いいえ', 'まだ'])(
    'a word that only stands in such a question asks nothing: 「%s」',
    (text) => {
      const { said } = led(...TO_THE_RETURN).say(text);
      expect(said.filter((name) => name.startsWith('asides.'))).toEqual([]);
    },
  );

  test.each([
    ['荷物が届かない', '開けたら割れてた、最悪'],
    ['荷物が届かない', 'URL踏んだ、スマホ大丈夫かな'],
    ['荷物が届かない', '無料体験のつもりが会費引かれてた'],
    ['荷物が届かない', 'キャンセルボタンどこにあんの'],
  ])(
    'another matter, with such a question in it: in the middle of 「%s」, 「%s」',
    (topic, text) => {
      expect(led(topic).say(text).said).toEqual(['system.switch']);
    },
  );

  test('good news is no question: 「返金してもらえました」', () => {
    const chat = led('返品したい', 'Amazonが発送', '昨日', '開けた', '手続きできた');
    expect(chat.say('返金してもらえました').said).not.toContain('asides.refund');
  });

  test('who says that he wants to die is not told what a call costs', () => {
    const { said } = led(...TO_THE_NUMBER).say('死にたい、無料ですか');
    expect(said).not.toContain('asides.cost');
  });

  test('nor whoever begins: there it is a matter of its own', () => {
    const { said } = startChat().say('何時までやってますか');
    expect(said).toContain('contact-howto.times');
  });

  test('nor whoever comes back after a day, who is asked whether to go on', () => {
    const chat = led(...TO_THE_NUMBER);
    chat.nowMs += 24 * HOUR_MS;
    expect(chat.say('無料ですか').said).not.toContain('asides.cost');
  });
});

test('every example of what is asked back or remarked is taken for it', () => {
  const nodes = bundle().content.messages['asides']?.nodes ?? {};
  const asked = ['asked', 'remarked'].flatMap((list) => Object.entries(nodes[list]?.answers ?? {}));
  expect(asked.length).toBeGreaterThan(15);
  // Some words answer the one question, some the other.
  const questions = [CARD_TOLD, ['荷物が届かない', '配達済み', 'どこにもない']];
  const missed = asked.flatMap(([id, answer]) => {
    const { label, say } = answerWords(answer);
    return [label, ...say].filter((text) =>
      questions.every((before) => led(...before).say(text).said[0] !== `asides.${id}`),
    );
  });
  expect(missed).toEqual([]);
}, 60_000);
