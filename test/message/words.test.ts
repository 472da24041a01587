import { describe, expect, test } from 'vitest';
import { clip } from '../../src/message/clip.ts';
import { inEnglish } from '../../src/message/english.ts';
import { inKana } from '../../src/message/kana.ts';
import { interpolate, placeholders } from '../../src/message/interpolate.ts';

describe('clipping', () => {
  test.each([
    ['短い', 10, '短い'],
    ['ちょうど', 4, 'ちょうど'],
    ['少し長いです', 4, '少し長…'],
    ['🍎🍎🍎', 5, '🍎🍎…'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12, '👨‍👩‍👧‍👦…'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 5, '…'],
    ['か\u3099か\u3099か\u3099', 4, 'か\u3099…'],
  ])('%s to %i', (text, most, clipped) => {
    expect(clip(text, most)).toBe(clipped);
    expect(clip(text, most).length).toBeLessThanOrEqual(most);
  });
});

const fill = (text: string): string =>
  interpolate(text, {
    slot: (id) => ({ order: '250-1234567-1234567', trick: '{order}' })[id],
    fact: (id) => (id === 'contact-us' ? 'URL' : undefined),
    open: '〇〇',
  });

describe('placeholders', () => {
  test.each([
    ['注文{order}', '注文250-1234567-1234567'],
    ['{fact:contact-us}を開く', 'URLを開く'],
    ['{item}と{fact:gone}', '〇〇と〇〇'],
    ['{trick}', '{order}'],
    ['{ order } {} {あ}', '{ order } {} {あ}'],
  ])('%s', (text, filled) => {
    expect(fill(text)).toBe(filled);
  });

  test('are listed for the checker', () => {
    expect(placeholders('{order}と{fact:contact-us}')).toEqual([
      { kind: 'slot', id: 'order' },
      { kind: 'fact', id: 'contact-us' },
    ]);
  });
});

test.each([
  ['11月3日', 'November 3'],
  ['2026年11月3日', 'November 3, 2026'],
  ['2026-11-03', 'November 3, 2026'],
  ['11/3', 'November 3'],
  ['11月3日（火）', 'November 3'],
  ['13月3日', '13月3日'],
  ['先週の金曜', '先週の金曜'],
  ['1,980', '1,980'],
])('in English, %s is %s', (value, english) => {
  expect(inEnglish(value)).toBe(english);
});

test.each([
  ['11月20日（金）', 'ノーベンバー トゥエンティエス'],
  ['12月3日（木）', 'ディセンバー サード'],
  ['1月31日', 'ジャニュアリー サーティ ファースト'],
  ['8月8日', 'オーガスト エイス'],
  ['6月12日', 'ジューン トゥエルフス'],
  ['4月14日', 'エイプリル フォーティーンス'],
  ['2025年12月31日', 'ディセンバー サーティ ファースト、トゥエンティ トゥエンティ ファイブ'],
  ['2月32日', '2月32日'],
  ['3,980', 'スリー サウザンド ナイン ハンドレッド エイティ'],
  ['600', 'シックス ハンドレッド'],
  ['10,015', 'テン サウザンド フィフティーン'],
  ['128,047', 'ワン ハンドレッド トゥエンティ エイト サウザンド フォーティ セブン'],
  ['1,000,000', 'ワン ミリオン'],
  ['0', 'ゼロ'],
  [
    '250-1234567-8901234',
    'トゥー ファイブ ゼロ、ワン トゥー スリー フォー ファイブ シックス セブン、エイト ナイン ゼロ ワン トゥー スリー フォー',
  ],
  ['白いやかん', '白いやかん'],
  ['USB-C 3.0', 'USB-C 3.0'],
])('read out in English, %s is %s', (value, kana) => {
  expect(inKana(value)).toBe(kana);
});
