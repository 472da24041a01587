import { describe, expect, test } from 'vitest';
import { askedForDay, startChat } from './chat.ts';

describe('a button of this conversation', () => {
  test('answers the question it belongs to', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    expect(chat.tap('返品したい').said).toEqual(['return-refund.seller']);
  });

  test('of an earlier question goes back there and answers anew', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    chat.tap('返金がまだ');
    chat.tap('返品した商品');
    chat.tap('返品したい');
    chat.tap('Amazonが発送');
    expect(chat.state()).toMatchObject({ node: 'arrived', answers: { want: 'back' } });
  });

  test('of an earlier question undoes what was answered since', () => {
    const chat = startChat();
    chat.say('注文を取り消したい');
    chat.tap('もう発送された');
    chat.tap('窓口に相談する');
    expect(chat.state()?.answers).toMatchObject({ progress: 'shipped', shipped: 'ask' });
    chat.tap('ボタンがない・押せない');
    expect(chat.state()?.answers).toEqual({ topic: 'cancel-order', progress: 'no-button' });
  });

  test('tapped twice leads to the same place twice, and the way back is not doubled', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    const once = chat.tap('返品したい');
    const trail = chat.state()?.trail;
    expect(chat.tap('返品したい').said).toEqual(once.said);
    expect(chat.state()?.trail).toEqual(trail);
  });

  test('tapped on two devices at once answers once and again, and nothing is lost', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    chat.tap('返品したい');
    chat.tap('返金がまだ');
    expect(chat.state()).toMatchObject({ node: 'refunded', answers: { want: 'refund' } });
  });
});

describe('a button of another conversation', () => {
  test('is followed when nothing is being asked', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    chat.say('やめる');
    chat.stored = undefined;
    expect(chat.tap('返金がまだ').said).toEqual(['return-refund.refunded']);
  });

  test('asks which one to go on with while something else is being asked, and loses neither', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    chat.say('メニュー');
    chat.tap('知らない請求');
    expect(chat.tap('返金がまだ').said).toEqual(['system.old-button']);
    expect(chat.tap('今の続き').said).toEqual(['unknown-charge.seen']);
    chat.tap('返金がまだ');
    expect(chat.tap('返品・返金').said).toEqual(['return-refund.refunded']);
  });

  test('of the menu always counts', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    expect(chat.tap('知らない請求').said).toEqual(['unknown-charge.seen']);
  });
});

describe('a button that means nothing any more', () => {
  test.each([
    ['a topic that is gone', 'o=no-such-topic'],
    ['a question that is gone', 'a=return-refund.no-such-node.back&s=abc'],
    ['an answer that is gone', 'a=return-refund.want.no-such-answer&s=abc'],
    ['a name that every object has', 'a=return-refund.want.constructor&s=abc'],
    ['a topic of that name', 'o=constructor'],
    ['a place that asks nothing', 'a=reach.steps.app&s=abc'],
    ['forged data', 'x=<script>alert(1)</script>'],
    ['an old place to resume', 'r=constructor.valueof.to-string'],
  ])('%s: the bot says so, offers to go on, and keeps the state', (_what, data) => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    const before = chat.state();
    const { said, text } = chat.happen({ kind: 'postback', data });
    expect(said).toEqual(['system.gone-button']);
    expect(text).not.toContain('script');
    expect(chat.state()).toMatchObject({ node: before?.node, answers: before?.answers });
    expect(chat.tap('今の続き').said).toEqual(['return-refund.want']);
  });

  test('something about a reminder that nobody has', () => {
    const chat = startChat();
    for (const act of ['show', 'withdraw', 'change', 'exact']) {
      const { said } = chat.happen({ kind: 'postback', data: `m=nobody.${act}` });
      expect(said).toEqual(['system.reminder-gone']);
    }
  });
});

describe('the date picker', () => {
  test('gives the day', () => {
    const chat = askedForDay();
    chat.tap('日付を選ぶ', '2026-11-10');
    expect(chat.state()?.slots).toMatchObject({
      arrived: { value: '2026-11-10' },
      deadline: { value: '2026-12-10' },
    });
  });

  test.each([
    ['a day in the future', '2026-12-24', 'system.slot-date-future'],
    ['a day of another century', '1926-11-10', 'system.slot-date'],
    ['a day that no calendar has', '2026-02-30', 'system.slot-date'],
    ['a time', '10:00', 'system.slot-date'],
    ['a moment', '2026-11-10T10:00', 'system.slot-date'],
    ['forged words', '<b>__proto__</b>', 'system.slot-date'],
  ])('%s is asked again, with the reason', (_what, picked, words) => {
    const chat = askedForDay();
    const { said, text } = chat.tap('日付を選ぶ', picked);
    expect(said).toEqual([words, 'return-refund.arrived']);
    expect(text).not.toContain(picked);
    expect(chat.state()?.slots).toEqual({});
  });

  test('chosen by its number, on a PC that has no picker, asks for the day to be typed', () => {
    const chat = askedForDay();
    expect(chat.say('3').said).toEqual(['system.slot-date-how', 'return-refund.arrived']);
    chat.say('三日前');
    expect(chat.state()?.slots['arrived']?.value).toBe('2026-11-18');
  });

  test.each(['あとで', 'わからない', '覚えていません', 'スキップ', '4'])(
    '「%s」 skips it',
    (text) => {
      const chat = askedForDay();
      expect(chat.say(text).said).toEqual(['return-refund.opened']);
    },
  );
});
