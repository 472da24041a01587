import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Sent } from '../../src/simulator/line/world.ts';
import { type House, buttonOf, openHouse, wordsOf } from '../support/house.ts';

let house: House;
let pushing: House;

beforeAll(async () => {
  house = await openHouse({ sqlitePath: ':memory:' });
  pushing = await openHouse({ sqlitePath: ':memory:' }, { settings: { PUSH_FALLBACK: 'on' } });
});
afterAll(() => Promise.all([house.close(), pushing.close()]));
afterEach(() => {
  house.line.faults.clear();
  pushing.line.faults.clear();
});

const say = async (at: House, user: string, text: string): Promise<Sent> =>
  at.answerTo(await at.line.emit(user, { kind: 'text', text }));

const tap = async (at: House, user: string, sent: Sent, label: string): Promise<Sent> =>
  at.answerTo(await at.line.emit(user, { kind: 'postback', data: buttonOf(sent, label) }));

/** Every button and chip of an answer: what it says and what it sends. */
function buttonsOf(sent: Sent): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { data } = value as { data?: unknown };
    if (typeof data === 'string') found.add(data.replace(/&s=[^&]*/, ''));
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(sent.messages);
  return found;
}

/** What each message of an answer says. */
const heads = (sent: Sent) =>
  sent.messages.map((message) => wordsOf({ ...sent, messages: [message] }));

/** LINE is busy for a moment, and then the reply token is dead. */
async function sayInVain(at: House, user: string, text: string): Promise<string> {
  at.line.faults.add({ kind: 'rate', on: 'reply', times: 1 });
  const { eventId } = await at.line.emit(user, { kind: 'text', text });
  at.line.expireTokens(user);
  return eventId;
}

describe('a card that LINE refuses', () => {
  test('is sent as plain text with the same choices, and counted', async () => {
    const user = house.newUser();
    await say(house, user, 'メニュー');
    const asCards = await say(house, user, 'メニュー');
    expect(JSON.stringify(asCards.messages)).toContain('"flex"');

    house.line.faults.add({ kind: 'refuse', on: 'reply', times: 1 });
    const asText = await say(house, user, 'メニュー');
    expect(asText.messages.map((message) => (message as { type: string }).type)).toEqual(['text']);
    expect(buttonsOf(asText)).toEqual(buttonsOf(asCards));
    expect(wordsOf(asText)).toMatch(/1[ .．] ?荷物が届かない/);

    const metrics = await (await fetch(`${house.baseUrl}/metrics`)).text();
    expect(metrics).toContain('madoguchi_plain_fallbacks_total{reason="refused"} 1');
    // And the choices work.
    expect(wordsOf(await tap(house, user, asText, '配達済みなのにない'))).toContain('宅配ボックス');
  });
});

describe('an answer that could not be sent', () => {
  test('opens the next reply, once', async () => {
    const user = house.newUser();
    await say(house, user, 'メニュー');
    const lost = await sayInVain(house, user, '配達済みなのにない');
    const found = await say(house, user, 'ヘルプ');
    expect(house.line.sent().filter(({ eventId }) => eventId === lost)).toEqual([]);
    const words = wordsOf(found);
    expect(words).toContain('お届けできていませんでした');
    expect(words.indexOf('お届けできていませんでした')).toBeLessThan(words.indexOf('宅配ボックス'));
    expect(words).toContain('いつでも使える言葉');
    // The buttons of the question that was lost work.
    expect(wordsOf(await tap(house, user, found, 'どこにもない'))).toContain('手がかり');
    expect(wordsOf(await say(house, user, 'ヘルプ'))).not.toContain('お届けできていませんでした');
  });

  test('of more messages than LINE takes at once goes on behind 続きを見る, and nothing is lost', async () => {
    const user = house.newUser();
    await say(house, user, 'メニュー');
    for (const text of ['配達済みなのにない', '2', '写真がうちではない']) {
      await sayInVain(house, user, text);
    }
    const first = await say(house, user, 'Amazonが発送');
    expect(first.messages).toHaveLength(5);
    const second = await tap(house, user, first, '続きを見る');
    const all = [...heads(first), ...heads(second)];
    const parts = [
      'お届けできていませんでした',
      'まず、ここを見てみましょう',
      '手がかりはありますか',
      '写真がうちではないとき',
      'だれが発送しましたか',
      '運んだのはどこですか',
    ];
    const times = parts.map((part) => all.filter((each) => each.includes(part)).length);
    // What is asked now stands last on both screens, since a number means its answers; all else is said once.
    expect(times).toEqual([1, 1, 1, 1, 1, 2]);
    expect(all[0]).toContain('お届けできていませんでした');
    for (const screen of [first, second]) expect(heads(screen).at(-1)).toContain('運んだのはどこ');
    expect(wordsOf(await tap(house, user, second, 'Amazonの配達'))).not.toContain('運んだのはどこ');
  });

  test('that was itself made of answers which could not be sent loses none of them', async () => {
    const user = house.newUser();
    await say(house, user, 'メニュー');
    for (const text of ['配達済みなのにない', '2', '写真がうちではない', 'Amazonが発送'])
      await sayInVain(house, user, text);
    const screens = [await say(house, user, 'ヘルプ')];
    for (let sent = screens[0]; sent && JSON.stringify(sent.messages).includes('続きを見る');) {
      sent = await tap(house, user, sent, '続きを見る');
      screens.push(sent);
      expect(screens.length).toBeLessThan(5);
    }
    const all = screens.flatMap(heads);
    for (const part of [
      'まず、ここを見てみましょう',
      '手がかりはありますか',
      '写真がうちではないとき',
      'だれが発送しましたか',
      '運んだのはどこですか',
      'いつでも使える言葉',
    ])
      expect(all).toContainEqual(expect.stringContaining(part));
  });
});

describe('with PUSH_FALLBACK', () => {
  test('an answer whose token died is pushed, once, and does not open the next reply', async () => {
    const user = pushing.newUser();
    await say(pushing, user, 'メニュー');
    const eventId = await sayInVain(pushing, user, '配達済みなのにない');
    const next = await say(pushing, user, 'ヘルプ');
    const pushed = pushing.line.sent().filter(({ by, to }) => by === 'push' && to === user);
    expect(pushed.map(wordsOf)).toEqual([expect.stringContaining('宅配ボックス')]);
    expect(pushed[0]?.retryKey).toMatch(/^[0-9a-f-]{36}$/);
    expect(wordsOf(next)).not.toContain('お届けできていませんでした');
    expect(pushing.line.quota.used()).toBe(1);

    // LINE brings the same event again: it is known.
    await pushing.line.redeliver(eventId);
    await say(pushing, user, 'メニュー');
    expect(pushing.line.quota.used()).toBe(1);
  });

  test('an answer is kept when the quota is used up', async () => {
    const user = pushing.newUser();
    await say(pushing, user, 'メニュー');
    pushing.line.faults.add({ kind: 'quota', on: 'push', times: 1 });
    await sayInVain(pushing, user, '配達済みなのにない');
    expect(wordsOf(await say(pushing, user, 'ヘルプ'))).toContain('宅配ボックス');
  });
});
