import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/japan-time.ts';
import { type Chat, startChat } from './chat.ts';

function led(...texts: readonly string[]): Chat {
  const chat = startChat();
  for (const text of texts) chat.say(text);
  return chat;
}

const ALL_SAID = ['荷物が届かない', 'まだ発送前', '理由を聞きたい', 'わからない', 'まだわからない'];
const TO_A_PERSON = ['スマホのアプリ', 'わからない・あとで'];

describe('who was told something waits, and hears what can be asked meanwhile', () => {
  test.each([
    '明日届くそうです',
    '再送してくれるって',
    '電話したけど調べますと言われた',
    '手続き中と言われた',
    '返金すると言われた',
    '確認しますと言われました',
  ])('「%s」', (text) => {
    const chat = led(
      'プライム会員',
      '知らずに入っていた',
      '使った',
      'わからない・あとで',
      'パソコン',
    );
    expect(chat.say(text).said).toEqual(['solved.waiting', 'wait.later']);
  });

  test('of an order it is asked whose answer: the seller’s leads on to the guarantee', () => {
    const chat = led(...ALL_SAID, ...TO_A_PERSON, 'うまくいかない');
    expect(chat.say('返事を待っている').said).toEqual(['solved.whose']);
    expect(chat.say('Amazonの返事').said).toEqual(['solved.waiting', 'wait.later']);
    chat.tap('出品者の返事');
    expect(chat.state()?.node).toBe('contacted');
  });
});

describe('what a card asks to send is not asked for again', () => {
  test.each([
    ['出品者の返事がない', 'marketplace-seller.contacted'],
    ['保証を申請したい', 'marketplace-seller.kind'],
  ])('「%s」, out of the blue', (text, next) => {
    expect(startChat().say(text).said).toEqual([next]);
  });

  test.each([
    ['出品者の返事がない', '出品者の返事', 'marketplace-seller.contacted'],
    ['保証を申請したい', '保証を申請したい', 'marketplace-seller.estimate'],
  ])('「%s」, to the reminder that was set for it', (text, whose, next) => {
    const chat = led('荷物が届かない', '発送済み・配達中', 'わからない・あとで', '出品者が発送');
    chat.say('まだ連絡していない');
    chat.tap('1時間後');
    const [reminder] = chat.state()?.reminders ?? [];
    if (!reminder) throw new Error('No reminder was set.');
    chat.nowMs = reminder.dueMs;
    chat.happen({ kind: 'reminder', reminderId: reminder.id, dueMs: reminder.dueMs });
    chat.nowMs += HOUR_MS;
    expect(chat.say(text).said).toEqual(['solved.whose']);
    expect(chat.tap(whose).said).toEqual([next]);
  });
});

test.each(['今日届いたわ', '昨日の夕方に届きました', '今朝届いた'])(
  'news is no moment to be reminded at, while the reminder that was set is still in sight: 「%s」',
  (text) => {
    const chat = led('荷物が届かない', 'まだ発送前', '待ってみる');
    chat.tap('3日後');
    chat.nowMs += 24 * HOUR_MS;
    expect(chat.say(text).said).toEqual(['solved.thanks']);
  },
);
