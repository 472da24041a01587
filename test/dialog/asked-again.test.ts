import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/japan-time.ts';
import { letterOf } from '../support/letter-faults.ts';
import { type Chat, startChat } from './chat.ts';

/** At the question when to be asked again. */
function atWhen(nowMs?: number): Chat {
  const chat = startChat();
  chat.nowMs = nowMs ?? chat.nowMs;
  chat.say('メニュー');
  chat.tap('注文を取り消したい');
  chat.tap('取り消しボタンがある');
  chat.tap('あとでやってみる');
  return chat;
}

/** What the store does when the first reminder is due. */
function due(chat: Chat, lateMs = 0) {
  const [reminder] = (chat.state()?.reminders ?? []).toSorted((a, b) => a.dueMs - b.dueMs);
  if (!reminder) throw new Error('There is no reminder.');
  chat.nowMs = Math.max(chat.nowMs, reminder.dueMs + lateMs);
  return chat.happen({ kind: 'reminder', reminderId: reminder.id, dueMs: reminder.dueMs });
}

describe('when to be asked again', () => {
  test.each([
    ['the past', '2026-11-20T10:00', 'system.reminder-past'],
    ['more than a year ahead', '2027-11-22T10:00', 'system.reminder-far'],
    ['a day that no calendar has', '2026-02-30T10:00', 'system.reminder-unclear'],
    ['an hour that no clock has', '2026-11-22T25:00', 'system.reminder-unclear'],
    ['a day only', '2026-11-22', 'system.reminder-unclear'],
    ['forged words', '<b>now</b>', 'system.reminder-unclear'],
  ])('a picker that returns %s: the reason, and the question again', (_what, picked, words) => {
    const chat = atWhen();
    expect(chat.tap('日時を選ぶ', picked).said).toEqual([words, 'wait.later']);
    expect(chat.state()?.reminders).toBeUndefined();
  });

  test('the picker chosen by its number, on a PC, asks for the moment to be typed', () => {
    const chat = atWhen();
    expect(chat.say('日時を選ぶ').said).toEqual(['system.reminder-when', 'wait.later']);
    expect(chat.say('明日10時').said).toEqual(['wait.end', 'system.reminder-set']);
  });

  test('「いらない」 sets none', () => {
    const chat = atWhen();
    expect(chat.say('いりません').said).toEqual(['wait.end']);
    expect(chat.state()?.reminders).toBeUndefined();
  });

  test('a button tapped twice sets one', () => {
    const chat = atWhen();
    chat.tap('30分後');
    chat.nowMs += 2000;
    chat.tap('30分後');
    expect(chat.state()?.reminders).toHaveLength(1);
  });
});

describe('a reminder that was set', () => {
  test('is moved by typing another moment, also after the button that says so', () => {
    const chat = atWhen();
    chat.say('明日10時');
    chat.say('やっぱり明後日の15時');
    expect(chat.state()?.reminders?.map(({ dueMs }) => dueMs)).toEqual([
      Date.parse('2026-11-23T15:00+09:00'),
    ]);
    expect(chat.say('日時を変える').said).toEqual(['system.reminder-when']);
    expect(chat.say('昨日の10時').said).toEqual(['system.reminder-past']);
    expect(chat.say('12/3の朝').said).toEqual(['system.reminder-set']);
    expect(chat.state()?.reminders?.map(({ dueMs }) => dueMs)).toEqual([
      Date.parse('2026-12-03T08:00+09:00'),
    ]);
  });

  test.each(['やっぱり明日10時', 'やっぱ、明日の10時で'])(
    'is moved, not its order cancelled: 「%s」',
    (text) => {
      const chat = atWhen();
      chat.tap('3日後');
      expect(chat.say(text).said).toEqual(['system.reminder-set']);
      expect(chat.state()?.reminders?.map(({ dueMs }) => dueMs)).toEqual([
        Date.parse('2026-11-22T10:00+09:00'),
      ]);
    },
  );

  test.each(['やっぱりいらない', 'やっぱりやめる', '取り消して'])(
    'is withdrawn by 「%s」',
    (text) => {
      const chat = atWhen();
      chat.tap('3日後');
      expect(chat.say(text).said).toEqual(['system.reminder-withdrawn']);
      expect(chat.state()?.reminders ?? []).toEqual([]);
    },
  );

  test('is withdrawn once; a second tap, or a tap after it came, says that it is over', () => {
    const chat = atWhen();
    chat.tap('3日後');
    const { turn, said } = chat.tap('取り消す');
    expect(said).toEqual(['system.reminder-withdrawn']);
    expect(turn.unschedule).toHaveLength(1);
    expect(chat.tap('取り消す').said).toEqual(['system.reminder-gone']);
    expect(chat.tap('日時を変える', '2026-12-01T10:00').said).toEqual(['system.reminder-gone']);
  });

  test('says nothing when it was withdrawn or moved before it came', () => {
    const chat = atWhen();
    chat.tap('3日後');
    const [before] = chat.state()?.reminders ?? [];
    chat.tap('日時を変える', '2026-12-01T10:00');
    const dueMs = before?.dueMs ?? 0;
    chat.nowMs = dueMs;
    const stale = { kind: 'reminder' as const, reminderId: before?.id ?? '', dueMs };
    expect(chat.happen(stale).said).toEqual([]);
    expect(chat.state()?.reminders).toHaveLength(1);
  });

  test('of another year shows its whole time in the list, in a label that LINE takes', () => {
    const chat = atWhen();
    chat.tap('日時を選ぶ', '2027-10-10T10:30');
    const { turn } = chat.say('リマインド');
    const labels = turn.replies.at(-1)?.choices?.map(({ label }) => label) ?? [];
    expect(labels[0]).toBe('2027年10月10日 10:30');
    expect(`1 ${labels[0]}`.length).toBeLessThanOrEqual(20);
  });
});

describe('a moment that is typed', () => {
  test.each([
    ['明日の朝10時', '2026-11-22T10:00'],
    ['明日の朝がいい', '2026-11-22T09:00'],
    ['11時間後', '2026-11-21T21:00'],
    ['１時間後', '2026-11-21T11:00'],
    ['13日後', '2026-12-04T09:00'],
    ['3日後でお願いします', '2026-11-24T10:00'],
    ['3日後の15時', '2026-11-24T15:00'],
    ['今日の夕方6時', '2026-11-21T18:00'],
    ['明日の夜', '2026-11-22T20:00'],
    ['明日の昼', '2026-11-22T12:00'],
    ['30日後', '2026-12-21T09:00'],
    ['3日後の夜', '2026-11-24T20:00'],
    ['1時間半後', '2026-11-21T11:30'],
    ['半時間後', '2026-11-21T10:30'],
    ['2日と3時間後', '2026-11-23T13:00'],
  ])('「%s」 is not the button that it resembles, unless it means that', (text, when) => {
    const chat = atWhen();
    chat.say(text);
    const dueMs = chat.state()?.reminders?.[0]?.dueMs ?? 0;
    expect(new Date(dueMs + 9 * HOUR_MS).toISOString().slice(0, 16)).toBe(when);
  });

  test.each([
    ['30分後', '2026-11-23T21:20', '2026-11-23T21:40', 'system.reminder-quiet'],
    ['今日の夕方', '2026-11-23T16:30', '2026-11-23T17:10', 'system.reminder-past'],
  ])('「%s」 tapped when it is late is still read', (label, shown, tapped, place) => {
    const chat = atWhen(Date.parse(`${shown}+09:00`));
    chat.nowMs = Date.parse(`${tapped}+09:00`);
    expect(chat.tap(label).said).toContain(place);
  });
});

describe('a reminder whose time is over or far away', () => {
  test('can be shown and changed although it has not been sent yet', () => {
    const chat = atWhen();
    chat.tap('30分後');
    chat.nowMs += 40 * MINUTE_MS;
    const { turn } = chat.say('リマインド');
    const data = turn.replies.at(-1)?.choices?.[0]?.data ?? '';
    const shown = chat.happen({ kind: 'postback', data });
    expect(letterOf(shown.turn.replies, chat.nowMs)).toMatchObject({ faults: [] });
    const change = chat.happen({ kind: 'postback', data: data.replace('.show', '.change') });
    expect(letterOf(change.turn.replies, chat.nowMs)).toMatchObject({ faults: [] });
  });

  test('is confirmed when the morning it is moved to lies beyond a year', () => {
    const chat = atWhen(Date.parse('2026-11-21T22:50+09:00'));
    const { turn } = chat.tap('日時を選ぶ', '2027-11-21T22:30');
    expect(letterOf(turn.replies, chat.nowMs)).toMatchObject({ faults: [] });
  });
});

describe('a reminder that comes', () => {
  test.each([
    ['はい', 'solved.thanks'],
    ['取り消されていました', 'solved.thanks'],
    ['キャンセルできてました', 'solved.thanks'],
    ['まだ来ません', 'solved.next'],
    ['まだです', 'solved.next'],
    ['できていません', 'solved.next'],
    ['あとで', 'wait.later'],
    ['3', 'wait.later'],
  ])('is answered by typing 「%s」', (text, place) => {
    const chat = atWhen();
    chat.tap('30分後');
    expect(due(chat).said).toEqual(['system.reminder-due']);
    expect(chat.say(text).said).toEqual([place]);
  });

  test.each([
    ['夕方また聞いて', '2026-11-21T17:00'],
    ['明日の朝8時半にまた聞いて', '2026-11-22T08:30'],
    ['2時間後にお願い', '2026-11-21T12:30'],
  ])('is put off by typing 「%s」', (text, when) => {
    const chat = atWhen();
    chat.tap('30分後');
    due(chat);
    expect(chat.say(text).said).toContain('system.reminder-set');
    const dueMs = chat.state()?.reminders?.[0]?.dueMs ?? 0;
    expect(new Date(dueMs + 9 * HOUR_MS).toISOString().slice(0, 16)).toBe(when);
  });

  test('does not come when its user says before that it is done', () => {
    const chat = atWhen();
    chat.tap('明日の朝');
    const { said, turn } = chat.say('取り消されていました');
    expect(said).toEqual(['solved.thanks']);
    expect(turn.unschedule).toHaveLength(1);
    expect(chat.state()?.reminders ?? []).toEqual([]);
  });

  test('in the middle of something else leaves that question last, and its numbers mean its answers', () => {
    const chat = atWhen();
    chat.tap('30分後');
    chat.nowMs += 29 * MINUTE_MS;
    chat.say('メニュー');
    chat.tap('返品・返金');
    expect(due(chat).said).toEqual(['system.reminder-due', 'return-refund.want']);
    expect(chat.say('2').said).toEqual(['return-refund.refunded']);
  });

  test('solved in the middle of something else: thanks, and that goes on as it was', () => {
    const chat = atWhen();
    chat.tap('30分後');
    chat.tap('3日後');
    chat.nowMs += 29 * MINUTE_MS;
    chat.say('メニュー');
    chat.tap('返品・返金');
    chat.tap('返金がまだ');
    due(chat);
    const { said, turn } = chat.tap('はい');
    expect(said).toEqual(['solved.thanks']);
    expect(turn.unschedule).toHaveLength(1);
    expect(chat.state()).toMatchObject({ answers: { topic: 'return-refund', want: 'refund' } });
    expect(chat.say('今の続き').said).toEqual(['return-refund.refunded']);
    expect(chat.say('1').said).toEqual(['return-refund.seller']);
  });

  test('not yet: leads on to the same topic for whoever has not got in touch', () => {
    const chat = atWhen();
    chat.tap('30分後');
    due(chat);
    chat.tap('まだです');
    expect(chat.say('まだ連絡していない').said).toEqual(['cancel-order.progress']);
  });

  test('over twelve hours late says so, also after it waited for the morning', () => {
    const chat = atWhen();
    chat.tap('30分後');
    expect(due(chat, DAY_MS).said).toEqual(['system.reminder-late']);

    const night = atWhen();
    night.tap('30分後');
    expect(due(night, 36 * HOUR_MS).said).toEqual([]);
    expect(due(night).said).toEqual(['system.reminder-late']);
  });
});

describe('two matters in one message', () => {
  test('the other one comes up at the end, also when a reminder was set there', () => {
    const chat = startChat();
    chat.stored = undefined;
    chat.say('荷物が届かないし、知らない請求もある');
    expect(chat.state()?.later).toHaveLength(2);
    chat.tap('荷物が届かない');
    chat.tap('まだ発送前');
    chat.tap('直した・待ってみる');
    const { said, turn } = chat.tap('3日後');
    expect(said).toEqual(['wait.end', 'system.reminder-set', 'system.later']);
    expect(turn.replies.map(({ choices }) => choices?.length ?? 0)).toEqual([0, 0, 4]);
    expect(chat.say('1').said).toEqual(['unknown-charge.seen']);
  });
});

describe('a question that comes again at once comes without its card, which stands just above', () => {
  const SHOWN = '宅配ボックス（番号の紙が郵便受けに入ることがあります）';
  const ASKED = '1 見つかった';

  test.each([
    ['what was not understood', (chat: Chat) => chat.say('ほげほげ')],
    ['what was asked back', (chat: Chat) => chat.say('お金は戻りますか')],
    ['a sticker', (chat: Chat) => chat.happen({ kind: 'media', messageId: 'm', media: 'sticker' })],
  ])('after %s', (_what, happen) => {
    const chat = startChat();
    expect(chat.say('配達済みなのに届いていません').text).toContain(SHOWN);
    const { text } = happen(chat);
    expect(text).toContain(ASKED);
    expect(text).not.toContain(SHOWN);
  });

  test('not when somebody wants to go on with it', () => {
    const chat = startChat();
    chat.say('配達済みなのに届いていません');
    chat.say('ヘルプ');
    expect(chat.tap('今の続き').text).toContain(SHOWN);
  });
});
