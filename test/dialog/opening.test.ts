import { describe, expect, test } from 'vitest';
import { startChat } from './chat.ts';

describe('an opening sentence that answers the first question of its topic', () => {
  test.each([
    ['アマプラ解約したい', '解約したい', 'prime-membership.manage'],
    ['またアカウントをロックされた', 'ロック・連絡の画面', 'account-access.locked'],
    ['電話で聞きたいんだけど、番号は？', '電話番号を知りたい', 'contact-howto.number'],
    ['部品が一個足りないんだけど', '足りない・入っていない', 'defective-wrong.lacking'],
    ['返送したのに返金されてない', '返金がまだ', 'return-refund.refunded'],
    ['電話がぜんぜんつながらない', 'かけてもつながらない', 'no-connection.check'],
    ['支払い方法を変更したい', '住所・支払い・領収書', 'other-amazon.settings'],
  ])('is told back instead of being asked for again: 「%s」', (text, answer, next) => {
    const { said, text: words } = startChat().say(text);
    expect(said.slice(0, 2)).toEqual(['system.heard', next]);
    expect(words).toContain(`「${answer}」ですね。`);
  });

  test('can be taken back: 戻る asks the question after all', () => {
    const chat = startChat();
    chat.say('アマプラ解約したい');
    expect(chat.say('戻る').said).toEqual(['prime-membership.want']);
    chat.tap('会費を返してほしい');
    expect(chat.state()?.answers).toMatchObject({ want: 'refund' });
  });

  test.each(['プライム会員', '返品・返金', '不良品'])(
    'is no name of a topic, which answers none of its questions: 「%s」',
    (name) => {
      expect(startChat().say(name).said).toHaveLength(1);
    },
  );

  test.each([
    ['配達済みなのに見つかりません', 'delivered-missing.places'],
    ['あやしいリンクを踏んじゃった', 'suspected-scam.damage'],
    ['発送前に止めて', 'cancel-order.progress'],
  ])('takes no card from anybody that shows something first: 「%s」', (text, place) => {
    expect(startChat().say(text).said).toEqual([place]);
  });
});

describe('another shop that is named may be who made the thing', () => {
  test.each([
    ['ニトリの棚が届かない', '荷物が届かない', 'not-delivered.status'],
    ['学校の上履きが届かない', '荷物が届かない', 'not-delivered.status'],
    ['ユニクロのシャツを返品したい', '返品・返金', 'return-refund.want'],
  ])('「%s」 is led to that shop, and with one tap to the topic', (text, topic, place) => {
    const chat = startChat();
    expect(chat.say(text).said).toEqual(['system.outside-other-shop']);
    expect(chat.tap(topic).said).toEqual([place]);
  });

  test('what tells of no topic has no such button', () => {
    const { turn } = startChat().say('メルカリで騙された');
    expect(turn.replies.at(-1)?.choices?.map(({ label }) => label)).toEqual(['メニュー']);
  });
});
