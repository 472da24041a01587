import { describe, expect, test } from 'vitest';
import { normalise } from '../../src/dialog/normalise.ts';

describe('one spelling for all ways of typing the same', () => {
  test.each([
    ['half-width kana', 'ﾆﾓﾂｶﾞｺﾅｲ', 'にもつがこない'],
    ['half-width kana with spaces', 'ﾆﾓﾂｶﾞ ｺﾅｲ', 'にもつがこない'],
    ['katakana', 'ニモツガコナイ', 'にもつがこない'],
    ['full-width Latin letters and digits', 'ＡＭＡＺＯＮ　１２３', 'amazon 123'],
    ['upper case', 'Amazon', 'amazon'],
    ['long vowels', 'オペレーター', 'おぺれた'],
    ['wave dashes for long vowels', 'まだ〜？', 'まだ'],
    ['small kana', 'チャット', 'ちやつと'],
    ['a hyphen in place of a long-vowel mark', 'パスワ-ド', 'ぱすわど'],
    ['a kanji in place of a long-vowel mark', 'メ一ル', 'める'],
    ['ノレ in place of ル', 'キャンセノレ', 'きやんせる'],
    ['kanji that look like katakana', 'アカウン卜', 'あかうんと'],
    ['the same letter again and again', 'まだああああああ', 'まだああ'],
    ['circled numbers', '①', '1'],
    ['keycap numbers', '1️⃣', '1'],
    ['emoji at both ends', '😭荷物が来ない😭', '荷物が来ない'],
    ['emoji in the middle end a phrase', '荷物😭来ない', '荷物。来ない'],
    ['joined emoji', '👨‍👩‍👧荷物', '荷物'],
    ['marks that end a sentence', '来ない！！！どうして？', '来ない。どうして'],
    ['a thousand newlines', `荷物${'\n'.repeat(1000)}来ない`, '荷物。来ない'],
    ['zero-width marks', '荷\u200b物\u200d', '荷物'],
    ['right-to-left marks', '\u202e荷物\u202c', '荷物'],
    ['markup', '<b onclick="x()">荷物</b>', '荷物'],
    ['apostrophes', 'It hasn’t come', 'it hasnt come'],
    ['addresses', 'amazon.co.jp', 'amazon co jp'],
    ['nothing but signs', '？？？', ''],
    ['nothing but emoji', '😂😂😂', ''],
    ['nothing', '', ''],
  ])('%s', (_, typed, spelt) => {
    expect(normalise(typed)).toBe(spelt);
  });

  test('stays the same when it is done twice', () => {
    for (const text of ['ﾒ一ﾙがｺﾅｲ！！', 'A-to-z保証', 'キャンセノレしたい〜😭', 'は〜い']) {
      expect(normalise(normalise(text))).toBe(normalise(text));
    }
  });

  test('cuts what is longer than a message of LINE can be, even when a sign stands for many', () => {
    expect(normalise('荷物'.repeat(5000)).length).toBeLessThanOrEqual(5000);
    expect(normalise('\ufdfa'.repeat(5000)).length).toBeLessThanOrEqual(5000);
  });
});
