import { describe, expect, test } from 'vitest';
import { answerWords } from '../../src/dialog/content.ts';
import { bundle } from '../support/content.ts';
import { type Chat, startChat } from './chat.ts';

/** Buttons that ask the same wherever they stand: who knows their words in one topic may use them in the next. */
const SAME = [
  'Amazonが発送',
  '出品者が発送',
  'Amazonが販売',
  '出品者が販売',
  'まだわからない',
  'もう発送された',
  '発送済み・配達中',
  '不在・持ち戻り',
  '配達済み',
  'あとでやってみる',
  '待ってみる',
];

describe('a button hears the same words wherever it stands', () => {
  test.each(SAME)('%s', (label) => {
    const all = Object.values(bundle().content.messages)
      .flatMap(({ nodes }) => Object.values(nodes))
      .flatMap(({ answers = {} }) => Object.values(answers))
      .map(answerWords)
      .filter((answer) => answer.label === label)
      .map(({ say }) => say.toSorted().join());
    expect(all.length).toBeGreaterThan(1);
    expect(new Set(all).size).toBe(1);
  });
});

function led(...texts: readonly string[]): Chat {
  const chat = startChat();
  for (const text of texts) chat.say(text);
  return chat;
}

test.each([
  [
    ['配達済みなのにない', 'どこにもない', '手がかりがない'],
    '知らない会社',
    'seller',
    'marketplace',
  ],
  [['不良品・違う商品', '違う商品が来た', '撮れた'], '知らない会社', 'seller', 'marketplace'],
  [['注文を取り消したい'], '配送中', 'progress', 'shipped'],
  [['注文を取り消したい'], '出荷しました', 'progress', 'shipped'],
  [['プライム会員', '解約したい'], '楽天カード', 'manage', 'amazon'],
  [['プライム会員', '解約したい'], 'PayPay', 'manage', 'amazon'],
  [['荷物が届かない'], '宛先不明で返送', 'status', 'back'],
  [['荷物が届かない', 'まだ発送前'], 'コンビニで払いました', 'unsent', 'contact'],
  [['プライム会員'], '動画だけやめたい', 'more', 'service'],
  [['配達済みなのにない'], '隣の家にあった', 'places', 'found'],
  [['配達済みなのにない'], '盗まれたと思う', 'places', 'missing'],
  [['配達済みなのにない'], '写真は隣の家です', 'places', 'missing'],
  [['配達済みなのにない'], '全部見ました', 'places', 'missing'],
  [['配達済みなのにない'], '住所が前の家になってた', 'places', 'address'],
])('after %j 「%s」 answers %s with %s', (before, text, node, answer) => {
  const chat = led(...before);
  chat.say(text);
  expect(chat.state()?.answers[node]).toBe(answer);
});
