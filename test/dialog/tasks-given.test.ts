import { describe, expect, test } from 'vitest';
import { type Chat, startChat } from './chat.ts';

function led(...texts: readonly string[]): Chat {
  const chat = startChat();
  for (const text of texts) chat.say(text);
  return chat;
}

const FOUND_NOWHERE = ['配達済みなのにない', 'どこにもない', '手がかりがない', 'Amazonが発送'];
const ALL_SAID = ['荷物が届かない', 'まだ発送前', '理由を聞きたい', 'わからない', 'まだわからない'];
const TO_A_PERSON = ['スマホのアプリ', 'わからない・あとで'];

describe('a task that was only just given can be left for later', () => {
  test.each([
    [['荷物が届かない', '不在・持ち戻り'], 'まだ頼んでない'],
    [[...FOUND_NOWHERE, 'ヤマト・佐川・郵便局'], 'まだ電話してない'],
    [['配達済みなのにない'], 'まだ探してない'],
    [['不良品・違う商品', '壊れている・動かない'], 'まだ撮ってない'],
    [['プライム会員', '解約したい', 'Amazonで支払い', 'わからない・あとで'], '娘に頼む'],
    [['プライム会員', '解約したい', 'Amazonで支払い', 'わからない・あとで'], '明日やります'],
    [['プライム会員', '解約したい', '携帯会社・アプリ'], 'あとでやる'],
    [[...ALL_SAID, ...TO_A_PERSON], 'わかりました'],
    [[...ALL_SAID, ...TO_A_PERSON], '了解です'],
    [[...ALL_SAID, ...TO_A_PERSON], '息子に頼みます'],
    [[...ALL_SAID, ...TO_A_PERSON], 'あしたやる'],
  ])('after %j: 「%s」', (before, text) => {
    expect(led(...before).say(text).said).toEqual(['wait.later']);
  });

  test('that is not what somebody means who cannot do it', () => {
    expect(led('荷物が届かない', '不在・持ち戻り').say('できない').said).toEqual([
      'not-delivered.seller',
    ]);
  });
});
