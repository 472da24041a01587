import { expect, test } from 'vitest';
import { sayings } from '../../src/dialog/chosen.ts';
import { answerWords } from '../../src/dialog/content.ts';
import { freshState } from '../../src/dialog/state.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';
import { type Chat, startChat } from './chat.ts';

test.each(
  Object.values(bundle().content.messages['system']?.nodes['same']?.answers ?? {}).map(answerWords),
)('$label stands in more than one question, and hears the same words in each', ({ label, say }) => {
  const { content } = bundle();
  const places = Object.entries(content.messages).flatMap(([dialog, { nodes }]) =>
    Object.entries(nodes).flatMap(([node, { answers = {} }]) =>
      Object.entries(answers).map(([answer, words]) => ({ dialog, node, answer, words })),
    ),
  );
  const buttons = places.filter(
    ({ dialog, words }) => dialog !== 'system' && answerWords(words).label === label,
  );
  expect(buttons.length).toBeGreaterThan(1);
  const state = freshState('01SAME00000000000000000001', TEST_DAY_MS);
  for (const { dialog, node, answer } of buttons) {
    const action = { kind: 'answer' as const, session: state.session, dialog, node, answer };
    const heard = sayings(content, state, { choice: { label, data: '' }, action });
    expect(heard).toEqual(expect.arrayContaining([...say]));
  }
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
