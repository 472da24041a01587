import { describe, expect, test } from 'vitest';
import { type AnswerOption, matchAnswer } from '../../src/dialog/match-answer.ts';

const found: AnswerOption[] = [
  { id: 'found', label: '見つかった' },
  { id: 'missing', label: 'まだない' },
];
const yesNo: AnswerOption[] = [
  { id: 'yes', label: 'はい' },
  { id: 'no', label: 'いいえ' },
];
const device: AnswerOption[] = [
  { id: 'app', label: 'スマホのアプリ', say: ['アプリ', 'スマホ'] },
  { id: 'pc', label: 'パソコン', say: ['PC'] },
  { id: 'unknown', label: 'わからない' },
];

function answered(answers: readonly AnswerOption[], text: string): string {
  const match = matchAnswer(text, answers);
  if (!match) return '-';
  return 'id' in match ? match.id : match.ambiguous.join(' or ');
}

describe('a denial at the end does not undo what was told before it', () => {
  const gave: AnswerOption[] = [
    { id: 'nothing', label: '何も伝えていない', say: ['何も入れていない', '払っていない'] },
    { id: 'gave', label: '伝えた', say: ['パスワードを入れた', 'コードは言った'] },
  ];
  test.each([
    ['パスワードを入れたけどお金は払っていない', 'gave or nothing'],
    ['コードは言ったけど払ってないです', 'gave or nothing'],
    ['払っていないけどコードは言った', 'gave'],
    ['電話は来たけど何も伝えてない', 'nothing'],
  ])('%s', (text, answer) => {
    expect(answered(gave, text).split(' or ').toSorted().join(' or ')).toBe(answer);
  });
});

test.each([
  ['届いたら連絡します', '-'],
  ['届いたらしい', '-'],
  ['今日届いた', 'came'],
])('what may come yet has not come: %s', (text, answer) => {
  const parcel = [
    { id: 'came', label: '届いた', say: ['届きました'] },
    { id: 'not-yet', label: 'まだ来ない' },
  ];
  expect(answered(parcel, text)).toBe(answer);
});

test.each([
  ['大丈夫？', '-'],
  ['大丈夫？？', '-'],
  ['はい？', '-'],
  ['大丈夫', 'yes'],
  ['はい！', 'yes'],
])('who asks back does not agree: %s', (text, answer) => {
  expect(answered(yesNo, text)).toBe(answer);
});

test.each([
  ['パソコンじゃない スマホのほう', 'app'],
  ['スマホじゃないです、パソコンです', 'pc'],
  ['パソコンじゃない', '-'],
  ['パソコンじゃないの？', '-'],
])('what is denied first is not meant: %s', (text, answer) => {
  expect(answered(device, text)).toBe(answer);
});

describe('by number', () => {
  test.each([
    '2',
    '２',
    '②',
    '2️⃣',
    '二',
    '2番',
    '２番目',
    '二番です',
    '2つ目',
    'ふたつめ',
    '2でお願いします',
  ])('%s', (text) => {
    expect(answered(device, text)).toBe('pc');
  });
  test('the last one', () => expect(answered(device, '最後')).toBe('unknown'));
  test.each(['0', '4', '99', '100', '2024'])('%s is no place in the list', (text) => {
    expect(answered(device, text)).toBe('-');
  });
  test('a label that is a number is meant before a place', () => {
    const pieces = [
      { id: 'two', label: '2' },
      { id: 'one', label: '1' },
    ];
    expect(answered(pieces, '1')).toBe('one');
  });
});

test('「メールで来た」 is not できた', () => {
  const solved = [
    { id: 'done', label: 'できました' },
    { id: 'no', label: 'できない' },
  ];
  expect(answered(solved, 'メールで来た')).toBe('-');
  expect(answered(solved, '出来ました')).toBe('done');
});

describe('by its words', () => {
  test.each([
    ['スマホのアプリ', 'app'],
    ['すまほのあぷり', 'app'],
    ['ｽﾏﾎﾉｱﾌﾟﾘ', 'app'],
    ['アプリです', 'app'],
    ['スマホのアプリでやっています', 'app'],
    ['パソコソ', 'pc'],
    ['pc', 'pc'],
    ['わかりません', 'unknown'],
    ['分からん', 'unknown'],
    ['アプリじゃなくてパソコン', 'pc'],
    ['スマホとパソコン', 'app or pc'],
  ])('%s → %s', (text, id) => {
    expect(answered(device, text)).toBe(id);
  });
});

describe('by yes and no', () => {
  test.each([
    ['はい', 'yes'],
    ['うん', 'yes'],
    ['そうです', 'yes'],
    ['はい、そうです', 'yes'],
    ['せやで', 'yes'],
    ['Yes', 'yes'],
    ['いいえ', 'no'],
    ['ちがう', 'no'],
    ['違います', 'no'],
    ['ちゃうで', 'no'],
    ['まだです', 'no'],
    ['No', 'no'],
  ])('%s → %s', (text, id) => {
    expect(answered(yesNo, text)).toBe(id);
  });
  test('yes says nothing where three answers are possible', () => {
    expect(answered(device, 'はい')).toBe('-');
  });
});

describe('a denial is never what it denies', () => {
  test.each([
    ['見つかった', 'found'],
    ['みつかりました', 'found'],
    ['ありました', 'found'],
    ['見つからない', 'missing'],
    ['見つかりません', 'missing'],
    ['見つかってない', 'missing'],
    ['見つからへん', 'missing'],
    ['見つからんかった', 'missing'],
    ['まだ見つかりません', 'missing'],
    ['ない', 'missing'],
    ['なかった', 'missing'],
    ['どこにもない', 'missing'],
    ['まだ', 'missing'],
  ])('%s → %s', (text, id) => {
    expect(answered(found, text)).toBe(id);
  });
  test('nor an answer of three', () => {
    expect(answered(device, 'アプリじゃない')).toBe('-');
  });
});

describe('anything else is no answer', () => {
  test.each([
    '荷物が届かない',
    '電話番号を教えて',
    'プライムを解約したい',
    'アプリで見ているけど返金はいつになりますか',
    'ありがとう',
    '',
    '😂',
    'あ'.repeat(5000),
    '<script>alert(1)</script>',
  ])('%#', (text) => {
    expect(answered(found, text)).toBe('-');
    expect(answered(device, text)).toBe('-');
    expect(answered([], text)).toBe('-');
  });
});

describe('what comes last is meant', () => {
  const told: AnswerOption[] = [
    { id: 'nothing', label: '何も伝えていない', say: ['切った', '言っていない'] },
    { id: 'gave', label: '伝えた・払った', say: ['教えた', 'カード番号を言った'] },
  ];
  test.each([
    ['切ったけどカード番号を言った', 'gave'],
    ['切りましたが、番号を教えた', 'gave'],
    ['切ったけれど教えた', 'gave'],
    ['教えたけど', 'gave'],
    ['切ったけど心配', '-'],
  ])('%s', (text, id) => {
    expect(answered(told, text)).toBe(id);
  });
});

describe('the same letters do not mean the same', () => {
  const wish: AnswerOption[] = [
    { id: 'return', label: '返品したい' },
    { id: 'refund', label: '返金がまだ', say: ['返品したのに返金がない'] },
  ];
  test.each(['返品した', '返品しました'])('「%s」 is not 返品したい', (text) => {
    expect(answered(wish, text)).toBe('refund');
  });
  test.each(['うーん', 'う〜ん…', 'んー'])('「%s」 is no yes', (text) => {
    expect(answered(yesNo, text)).toBe('-');
  });
  test.each(['うん', 'うんうん'])('「%s」 is one', (text) => {
    expect(answered(yesNo, text)).toBe('yes');
  });
  test.each(['できました', '出来ました', 'できた'])('「%s」 is できた', (text) => {
    const done = [
      { id: 'yes', label: 'できた' },
      { id: 'no', label: 'できない' },
    ];
    expect(answered(done, text)).toBe('yes');
  });
});
