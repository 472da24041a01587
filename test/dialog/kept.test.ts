import { describe, expect, test } from 'vitest';
import type { Reply } from '../../src/dialog/reply.ts';
import { type State, readState } from '../../src/dialog/state.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/japan-time.ts';
import { putBy } from '../../src/dialog/promise.ts';
import { bundle } from '../support/content.ts';
import { type Chat, askedForDay, startChat } from './chat.ts';

const ORDER = '250-1234567-1234567';

/** In the middle of a topic, with an order number and a day given. */
function withOrder(): Chat {
  const chat = askedForDay();
  chat.say('11月10日', { messageId: 'the-day' });
  chat.tap('開けた・使った');
  chat.tap('できない・ボタンがない');
  chat.tap('スマホのアプリ');
  chat.say(ORDER, { messageId: 'the-order' });
  return chat;
}

describe('what the store gives back', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a later version', { v: 2, session: 'abc', everything: 'else' }],
    ['junk', 'junk'],
    ['a list', [1, 2, 3]],
    ['half a state', { v: 1, session: 'abc' }],
    ['a state whose trail is broken', { ...freshJson(), trail: [[]] }],
  ])('%s is a user who has just come: no error, and the menu', (_what, stored) => {
    expect(readState(stored)).toBeUndefined();
    const chat = startChat();
    chat.stored = stored;
    expect(chat.say('うーん').said).toContain('menu.top');
  });

  test('names that every object has do no harm in answers, slots and places', () => {
    const stored = JSON.parse(
      `{"v":1,"session":"abc","dialog":"constructor","node":"__proto__","answers":{"__proto__":"x","constructor":"y"},
        "slots":{"__proto__":{"value":"1","atMs":0,"messageId":"m"}},"trail":[["__proto__.constructor"]],
        "stack":["constructor.constructor"],"misses":0,"lang":"ja","at":${Date.parse('2026-11-21T09:59:00+09:00')}}`,
    ) as unknown;
    for (const text of ['戻る', '1', 'うーん', '返品したい', '覚えていること', 'やめる']) {
      const chat = startChat();
      chat.stored = stored;
      expect(chat.say(text).said.length).toBeGreaterThan(0);
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

function freshJson(): object {
  return {
    v: 1,
    session: 'abc',
    answers: {},
    slots: {},
    trail: [],
    stack: [],
    misses: 0,
    lang: 'ja',
    at: 0,
  };
}

function edit(chat: Chat, dialog: string, change: 'node' | 'dialog'): void {
  const { [dialog]: gone, ...others } = bundle().content.dialogs;
  const { want: _want, seller: _seller, ...nodes } = gone?.nodes ?? {};
  const kept = gone && change === 'node' ? { [dialog]: { ...gone, nodes } } : {};
  chat.content = { ...bundle().content, dialogs: { ...others, ...kept } };
}

describe('content that was edited under a running conversation', () => {
  test.each(['node', 'dialog'] as const)(
    'the %s is gone: a text leads to the menu with a kind word',
    (what) => {
      const chat = startChat();
      chat.say('メニュー');
      chat.tap('返品・返金');
      edit(chat, 'return-refund', what);
      expect(chat.say('2').said).toEqual(['system.changed', 'menu.top']);
      expect(chat.say('知らない請求が来た').said).toEqual(['unknown-charge.seen']);
    },
  );

  test('the place to go on at is gone: 続ける leads to the menu with a kind word', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('返品・返金');
    chat.say('ヘルプ');
    edit(chat, 'return-refund', 'node');
    expect(chat.tap('今の続き').said).toEqual(['system.changed', 'menu.top']);
  });

  test('the place to come back to is gone: what was opened is finished, then the menu', () => {
    const chat = startChat();
    chat.say('メニュー');
    chat.tap('電話・チャットしたい');
    chat.tap('電話で話したい');
    const { 'contact-howto': gone, ...others } = bundle().content.dialogs;
    const { order: _order, ...nodes } = gone?.nodes ?? {};
    chat.content = {
      ...bundle().content,
      dialogs: { ...others, ...(gone ? { 'contact-howto': { ...gone, nodes } } : {}) },
    };
    expect(chat.tap('パソコン').said).toEqual(['reach.steps', 'system.changed', 'menu.top']);
  });

  test('back skips the questions that are gone', () => {
    const chat = withOrder();
    edit(chat, 'return-refund', 'node');
    const nodes: unknown[] = [];
    while (chat.say('戻る').said[0] !== 'system.nothing-before') nodes.push(chat.state()?.node);
    expect(nodes).toEqual(['order', 'device', 'how', 'opened', 'arrived', 'top']);
  });
});

function unsaid(count: number): Reply {
  return { dialog: 'solved', node: 'thanks', values: { n: `${count}` } };
}

describe('answers that could not be delivered', () => {
  test('open the next reply with an apology, in their order', () => {
    const chat = startChat();
    chat.say('返品・返金');
    chat.stored = putBy(chat.state() as State, [{ dialog: 'reach', node: 'steps' }]);
    const { said } = chat.say('1');
    expect(said).toEqual(['system.late', 'reach.steps', 'return-refund.seller']);
    expect(chat.state()?.unsent).toBeUndefined();
  });

  test('more than five messages: the rest comes on request, and is no delay', () => {
    const chat = startChat();
    chat.say('返品・返金');
    chat.stored = putBy(chat.state() as State, [1, 2, 3, 4, 5, 6].map(unsaid));
    const first = chat.say('1');
    expect(first.turn.replies).toHaveLength(5);
    // What is asked now comes last, so that a number means what is in sight.
    expect(first.said.at(-1)).toBe('return-refund.seller');
    expect(first.turn.replies.at(-1)?.ways?.map(({ label }) => label)).toEqual([
      '続きを見る',
      'メニュー',
    ]);
    const rest = chat.tap('続きを見る');
    expect(rest.turn.replies.map(({ values }) => values?.['n'])).toEqual([
      '4',
      '5',
      '6',
      undefined,
    ]);
    expect(rest.said.at(-1)).toBe('return-refund.seller');
    expect(chat.say('1').said).toEqual(['return-refund.arrived']);
  });
});

describe('what was counted from a day', () => {
  test('says the days that are left when it is said, not when it was written', () => {
    const chat = askedForDay();
    chat.nowMs = Date.parse('2026-12-03T23:50:00+09:00');
    const state = chat.state();
    if (!state) throw new Error('There is no state.');
    chat.stored = { ...state, at: chat.nowMs - 1000 };
    const { turn, text } = chat.say('11月3日');
    expect(text).toContain('今日まで');
    chat.stored = putBy(chat.state() as State, turn.replies);
    chat.nowMs = Date.parse('2026-12-04T09:00:00+09:00');
    expect(chat.say('メニュー').text).not.toContain('今日まで');
  });

  test('goes when another day is to be given, or none', () => {
    const chat = askedForDay();
    chat.say('昨日');
    chat.say('戻る');
    chat.tap('わからない・あとで');
    expect(chat.state()?.slots).toEqual({});
  });

  test('is not offered for the reminder of another matter', () => {
    const chat = withReminder();
    const [due] = chat.state()?.reminders ?? [];
    if (!due) throw new Error('There is no reminder.');
    chat.nowMs = due.dueMs - HOUR_MS;
    for (const label of ['返品・返金', '返品したい', 'Amazonが発送']) chat.tap(label);
    chat.say('昨日');
    chat.nowMs = due.dueMs;
    chat.happen({ kind: 'reminder', reminderId: due.id, dueMs: due.dueMs });
    expect(chat.tap('あとでまた聞いて').text).not.toContain('期限の前');
  });
});

describe('what was given in words', () => {
  test('stands in the script, and is shown on request', () => {
    const chat = withOrder();
    expect(chat.say('覚えていること').text).toContain(ORDER);
  });

  test('is forgotten after 24 hours, wherever it was said', () => {
    const chat = withOrder();
    chat.say('覚えていること');
    chat.stored = putBy(chat.state() as State, [
      { dialog: 'return-refund', node: 'script', values: { order: ORDER } },
    ]);
    chat.nowMs += 24 * HOUR_MS;
    const { text } = chat.say('うーん');
    expect(text).not.toContain(ORDER);
    expect(JSON.stringify(chat.stored)).not.toContain(ORDER);
    expect(chat.state()?.slots).toEqual({});
  });

  test('takes no other words with it that happen to hold the same figures', () => {
    const chat = askedForDay();
    const amount = { value: '10', atMs: chat.nowMs, messageId: 'a' };
    const values = { topic: '返品・返金', when: '11月20日（金）10:00' };
    chat.stored = putBy({ ...(chat.state() as State), slots: { amount } }, [
      { dialog: 'system', node: 'reminder-held', values },
    ]);
    chat.happen({ kind: 'unsend', messageId: 'a' });
    expect(chat.state()?.unsent?.[0]?.values).toEqual(values);
  });

  test('stays until then', () => {
    const chat = withOrder();
    chat.nowMs += 24 * HOUR_MS - 1;
    expect(chat.say('覚えていること').text).toContain(ORDER);
  });

  test('goes with the message that gave it, when that is taken back', () => {
    const chat = withOrder();
    chat.say('覚えていること');
    const { turn } = chat.happen({ kind: 'unsend', messageId: 'the-order' });
    expect(turn).toMatchObject({ replies: [], forgetMessage: 'the-order' });
    expect(JSON.stringify(chat.stored)).not.toContain(ORDER);
    expect(Object.keys(chat.state()?.slots ?? {})).toEqual(['arrived', 'deadline']);
  });

  test('goes with the deadline that was counted from it', () => {
    const chat = withOrder();
    chat.happen({ kind: 'unsend', messageId: 'the-day' });
    expect(Object.keys(chat.state()?.slots ?? {})).toEqual(['order']);
  });

  test('taking back anything else changes nothing', () => {
    const chat = withOrder();
    const before = chat.stored;
    chat.happen({ kind: 'unsend', messageId: 'another' });
    expect(chat.stored).toEqual(before);
  });
});

describe('a card number, a code or a password, masked before it came here', () => {
  test('is answered with a warning first; the question stays', () => {
    const chat = startChat();
    chat.say('返品・返金');
    const { said } = chat.say('カード番号は****です', { masked: true });
    expect(said[0]).toBe('system.masked');
    expect(said.at(-1)).not.toBe('system.masked');
    expect(chat.state()?.node).toBe('want');
  });

  test('nobody is asked to write again what was not understood: the number would come again', () => {
    expect(startChat().say('****', { masked: true }).said).toEqual(['system.masked', 'menu.top']);
  });

  test('a link in place of an order number is looked at, and the question stays', () => {
    const chat = startChat();
    chat.say('電話したい');
    chat.tap('パソコン');
    const { said } = chat.say('https://amazon.co.jp.account-update.example/login');
    expect(said[0]).toBe('system.contact-lookalike');
    expect(chat.tap('今の続き').said).toEqual(['contact-howto.order']);
  });
});

/** In the menu, with a reminder of a cancelled order to come. */
function withReminder(): Chat {
  const chat = startChat();
  chat.say('メニュー');
  chat.tap('電話・チャットしたい');
  chat.tap('メール・料金・ほか');
  chat.say('メニュー');
  chat.tap('注文を取り消したい');
  chat.tap('取り消しボタンがある');
  chat.tap('あとでやってみる');
  chat.tap('3日後');
  chat.say('メニュー');
  return chat;
}

describe('a friend who comes back', () => {
  test('is greeted as one, and keeps the reminders', () => {
    const chat = withReminder();
    expect(chat.happen({ kind: 'follow', returning: true }).said).toEqual([
      'system.greeting-again',
      'menu.top',
    ]);
    expect(chat.state()?.reminders).toHaveLength(1);
  });

  test('is not forgotten because news of the block come late', () => {
    const chat = withReminder();
    expect(chat.happen({ kind: 'unfollow' }, 5 * MINUTE_MS).turn.forget).toBeUndefined();
    expect(chat.state()?.reminders).toHaveLength(1);
    chat.nowMs += 5 * MINUTE_MS;
    expect(chat.happen({ kind: 'unfollow' }, MINUTE_MS).turn.forget).toBe(true);
  });
});

describe('a wish to delete', () => {
  test.each([
    'SMSを消していい？',
    'アプリを消していいですか',
    '迷惑メールを消して',
    '10時のお知らせを消して',
  ])('something else deletes nothing here: 「%s」', (text) => {
    const chat = withReminder();
    chat.tap('あやしい連絡');
    expect(chat.say(text).turn.forget).toBeUndefined();
    expect(chat.state()?.reminders).toHaveLength(1);
  });

  test.each(['消して', '履歴を消して', '削除して'])('is obeyed: 「%s」', (text) => {
    expect(withReminder().say(text).turn.forget).toBe(true);
  });

  test('in other words shows what there is, with the button that deletes it', () => {
    const chat = withReminder();
    expect(chat.say('カード番号を消して').said).toContain('system.recall');
    expect(chat.say('カード番号を消して').turn.forget).toBeUndefined();
    expect(chat.tap('消して').turn.forget).toBe(true);
  });
});

describe('an address that was pasted', () => {
  test('is said back and kept nowhere', () => {
    const chat = startChat();
    chat.say('メニュー');
    expect(chat.say('hanako.yamada@example.com').text).toContain('hanako[.]yamada');
    expect(JSON.stringify(chat.stored)).not.toContain('hanako');
    expect(chat.tap('あやしい連絡').said).toEqual(['suspected-scam.damage']);
  });
});

test('消して says that all is forgotten, however many answers wait', () => {
  const chat = withOrder();
  const state = chat.state();
  if (!state) throw new Error('There is no state.');
  const nodes = ['hello', 'about', 'burst', 'thanks', 'no-notifications'];
  const unsent: Reply[] = nodes.map((node) => ({
    dialog: 'system',
    node,
  }));
  chat.stored = putBy(state, unsent);
  const { said, turn } = chat.say('消して');
  expect(said).toContain('system.forgotten');
  expect(turn.forget).toBe(true);
});
