import { describe, expect, test } from 'vitest';
import { readSlot } from '../../src/dialog/slot.ts';
import { bundle } from '../support/content.ts';

const mayRepeat = (text: string): boolean => bundle().content.mayRepeat(text);

describe('an order number', () => {
  test.each([
    '250-1234567-1234567',
    '２５０－１２３４５６７－１２３４５６７',
    '250ー1234567ー1234567',
    '250−1234567−1234567',
    '250 1234567 1234567',
    '250 - 1234567 - 1234567',
    '25012345671234567',
    '注文番号は250-1234567-1234567です。',
    ' 250-1234567-1234567\n',
  ])('is read from 「%s」', (text) => {
    expect(readSlot('order', text, mayRepeat)).toEqual({ value: '250-1234567-1234567' });
  });

  test.each([
    '250-123456-1234567',
    '2501-1234567-1234567',
    '250-1234567-12345678',
    '1234567',
    'わからない',
    '',
    '😀',
  ])('is not read from 「%s」', (text) => {
    expect(readSlot('order', text, mayRepeat)).toEqual({ problem: 'format' });
  });
});

describe('an amount', () => {
  test.each([
    ['3980', '3,980'],
    ['3,980円', '3,980'],
    ['３，９８０円くらい', '3,980'],
    ['¥12,345', '12,345'],
    ['3万円', '30,000'],
    ['1万5千円', '15,000'],
    ['1万5000円', '15,000'],
    ['2.5万', '25,000'],
    ['5千円', '5,000'],
    ['合計600円です', '600'],
    ['12月3日に3980円', '3,980'],
    ['11/20 1200円', '1,200'],
    ['2個で3,980円', '3,980'],
    ['3千5百円', '3,500'],
    ['三万円', '30,000'],
    ['二百万円', '2,000,000'],
    ['百二十万円', '1,200,000'],
    ['百五十円', '150'],
    ['三千九百八十円', '3,980'],
    ['三九八〇円', '3,980'],
    ['千円', '1,000'],
    ['5.900円', '5,900'],
    ['十万五千円', '105,000'],
    ['100000', '100,000'],
    ['482,913', '482,913'],
    ['482913円', '482,913'],
    ['1万0500円', '10,500'],
    ['三千五百円', '3,500'],
  ])('of 「%s」 is %s', (text, value) => {
    expect(readSlot('amount', text, mayRepeat)).toEqual({ value });
  });

  test.each([
    '',
    'たくさん',
    '円',
    '3と5',
    '数万円',
    '何千円か',
    '5万円のカードを2枚',
    '123456789円',
    '1億円',
    // A code, the end of a card's number, its beginning.
    '482913',
    '全部で482913です',
    '0401',
    '41111111',
  ])('is not read from 「%s」', (text) => {
    expect(readSlot('amount', text, mayRepeat)).toEqual({ problem: 'format' });
  });
});

describe('words of the user', () => {
  test('lose markup and what cannot be seen', () => {
    expect(readSlot('item', ' <b>やかん</b>\u202E\u200B{order} ', mayRepeat)).toEqual({
      value: 'bやかん/border',
    });
  });

  test('that cannot be seen at all are none', () => {
    expect(readSlot('item', '\u200b \u200b', mayRepeat)).toEqual({ problem: 'format' });
  });

  test('are not kept when they are long, or hold a link or a number that is no fact', () => {
    expect(readSlot('note', 'あ'.repeat(61), mayRepeat)).toEqual({ problem: 'too-long' });
    expect(readSlot('item', 'http://amaz0n.example', mayRepeat)).toEqual({ problem: 'unsafe' });
    expect(readSlot('seller', '0120-999-373の店', mayRepeat)).toEqual({ problem: 'unsafe' });
  });
});
