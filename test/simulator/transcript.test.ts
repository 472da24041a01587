import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Deed,
  readDeed,
  readScript,
  waitForStart,
  writeDeed,
  writeStart,
  writeTurn,
} from '../../src/simulator/transcript.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const tenOClock = Date.parse('2026-11-21T10:00:00+09:00');

describe('what a user did', () => {
  it.each<[string, Deed]>([
    ['荷物が届かない', { kind: 'says', text: '荷物が届かない' }],
    ['[メニュー]', { kind: 'taps', label: 'メニュー' }],
    ['[日付を選ぶ 2026-11-20]', { kind: 'taps', label: '日付を選ぶ', picked: '2026-11-20' }],
    [
      '[日時を選ぶ 2026-11-20T10:00]',
      { kind: 'taps', label: '日時を選ぶ', picked: '2026-11-20T10:00' },
    ],
    ['(スタンプ)', { kind: 'happens', what: 'スタンプ' }],
    ['(30分後)', { kind: 'waits', ms: 30 * minuteMs }],
    ['(7時間後)', { kind: 'waits', ms: 7 * hourMs }],
    ['(3日後)', { kind: 'waits', ms: 72 * hourMs }],
    ['(14時間止まっていた)', { kind: 'waits', ms: 14 * hourMs, down: true }],
  ])('is written %s', (line, deed) => {
    expect(readDeed(line)).toEqual(deed);
    expect(writeDeed(deed)).toBe(line);
  });

  it('stays what it was, whatever was typed', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        const line = writeDeed({ kind: 'says', text });
        expect(line).not.toContain('\n');
        expect(readDeed(line)).toEqual({ kind: 'says', text: line });
      }),
    );
    expect(writeDeed({ kind: 'says', text: '一行目\n二行目' })).toBe('一行目 二行目');
    expect(readDeed(writeDeed({ kind: 'says', text: '[メニュー]' })).kind).toBe('says');
    expect(readDeed(writeDeed({ kind: 'says', text: '(1時間後)' })).kind).toBe('says');
  });

  it('counts time in full minutes, rounded up', () => {
    expect(writeDeed({ kind: 'waits', ms: 61_000 })).toBe('(2分後)');
    expect(writeDeed({ kind: 'waits', ms: 1 })).toBe('(1分後)');
    expect(writeDeed({ kind: 'waits', ms: 90 * minuteMs })).toBe('(90分後)');
  });
});

describe('a script', () => {
  it('is read without remarks and without what the bot said', () => {
    const script = '# 見出し\r\n> メニュー\r\n| こんにちは\r\n>\r\n> 1\r\n';
    expect(readScript(script)).toEqual([
      { line: 2, deed: { kind: 'says', text: 'メニュー' } },
      { line: 5, deed: { kind: 'says', text: '1' } },
    ]);
  });

  it('knows how long it is until the hour at which it began', () => {
    const script = `${writeStart(tenOClock)}\n\n> メニュー`;
    expect(waitForStart(script, tenOClock)).toBe(0);
    expect(waitForStart(script, tenOClock + hourMs)).toBe(23 * hourMs);
    expect(waitForStart(script, tenOClock - hourMs)).toBe(hourMs);
    expect(waitForStart('> メニュー', tenOClock)).toBe(0);
  });
});

it('what the bot said stands in lines of its own, its ways out below', () => {
  expect(writeTurn(['一\n\n二', '三'], ['戻る', 'メニュー'])).toEqual([
    '| 一',
    '|',
    '| 二',
    '|',
    '| 三',
    '|',
    '| ［戻る］［メニュー］',
  ]);
  expect(writeTurn([], [])).toEqual(['| （何も言わない）']);
});
