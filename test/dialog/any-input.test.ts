import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventBody } from '../../src/dialog/event.ts';
import { bundle } from '../support/content.ts';
import { dirtyPrototypes } from '../fuzz/fuzz.ts';
import { letterOf } from '../support/letter-faults.ts';
import { type Heard, askedForSeller, startChat } from './chat.ts';

/** What LINE would say against a turn. */
function faultsOf({ turn }: Heard, nowMs: number): readonly string[] {
  return letterOf(turn.replies, nowMs).faults;
}

describe('texts that nobody expects', () => {
  const strange: [string, string][] = [
    ['emoji only', '😭😭😭🙏🏽👨‍👩‍👧‍👦🇯🇵'],
    ['5,000 characters', 'あいうえお'.repeat(1000)],
    ['5,000 times the same', 'w'.repeat(5000)],
    ['right-to-left marks', '\u202E\u2067\u200Fてっか\u2069\u202C'],
    ['zero-width joiners', '\u200B\u200D\uFEFF\u2060'],
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['a placeholder', '{order} {fact:contact-us} ${process.env}'],
    ['a thousand newlines', '\n'.repeat(1000)],
    ['English', 'What is the weather like today?'],
    ['Chinese', '今天天气怎么样'],
    ['Korean', '안녕하세요 오늘 날씨'],
    ['Arabic', 'مرحبا كيف حالك'],
    ['an insult', 'ばか、役立たず、しね'],
    ['control characters', '\u0000\u0007\u001B[31m'],
    ['half a pair', '\uD83D'],
    ['combining marks', `e${'\u0301'.repeat(2000)}`],
    ['full stops', '。。。。。...'],
    ['a number of a row that is not there', '99'],
  ];

  test.each(strange)(
    '%s: an answer that leads on, no echo, and the state unharmed',
    (_what, text) => {
      const chat = askedForSeller();
      const before = chat.state();
      const heard = chat.say(text);
      expect(heard.said.length).toBeGreaterThan(0);
      expect(heard.turn.replies.at(-1)?.ways?.length).toBeGreaterThan(0);
      expect(heard.text).not.toContain('script');
      expect(heard.text).not.toContain(text.slice(0, 12).trim() || '\u0000');
      expect(faultsOf(heard, chat.nowMs)).toEqual([]);
      expect(chat.state()).toMatchObject({
        dialog: before?.dialog,
        node: before?.node,
        answers: before?.answers,
        trail: before?.trail,
      });
      chat.say('続ける');
      expect(chat.say('1').said).toEqual(['return-refund.arrived']);
    },
  );

  test.each(strange)('%s as the first thing ever said leads to a choice', (_what, text) => {
    const chat = startChat();
    const heard = chat.say(text);
    expect(heard.turn.replies.at(-1)?.choices?.length).toBeGreaterThan(0);
    expect(faultsOf(heard, chat.nowMs)).toEqual([]);
  });

  test('the second time in a row, ways out are offered under what was asked, whose numbers stay', () => {
    const chat = askedForSeller();
    const asked =
      chat
        .say('qqqq')
        .turn.replies.at(-1)
        ?.choices?.map(({ label }) => label) ?? [];
    const { said, turn } = chat.say('wwww');
    expect(said).toEqual(['system.unclear-menu']);
    const offered = turn.replies.at(-1)?.choices?.map(({ label }) => label);
    expect(offered).toEqual([...asked, 'メニュー', '電話・チャットのしかた']);
    expect(chat.say('eeee').turn.replies.at(-1)?.choices).toHaveLength(offered?.length ?? 0);
    expect(chat.say('1').turn.state?.answers).toMatchObject({ seller: 'amazon' });
  });

  test('at a question that can be skipped, skipping is among the ways out', () => {
    const chat = askedForSeller();
    chat.tap('Amazonが発送');
    chat.say('qqqq');
    const { turn } = chat.say('wwww');
    expect(turn.replies.at(-1)?.choices?.map(({ label }) => label)).toContain('わからない・あとで');
    expect(chat.say('わからない').said).toEqual(['return-refund.opened']);
  });
});

describe('whatever comes, in whatever order', () => {
  const names = fc.constantFrom(
    'constructor',
    '__proto__',
    'toString',
    'menu',
    'top',
    'solved',
    'x',
  );
  const words = fc.constantFrom(
    ...'メニュー 戻る やめる 最初から 続ける ヘルプ リマインド 覚えていること 消して'.split(' '),
    ...'1 2 3 4 5 はい いいえ わからない 荷物が届かない 返品したい 明日10時 3日前'.split(' '),
    ...'250-1234567-1234567 知らない請求 こんにちは 電話したい'.split(' '),
  );
  const picked = fc.option(
    fc.oneof(
      fc.constantFrom('2026-11-20', '2026-11-22T10:00', '2026-02-30', '9999-12-31T23:59'),
      fc.string({ maxLength: 20 }),
    ),
    { nil: undefined },
  );
  const text: fc.Arbitrary<EventBody> = fc.record({
    kind: fc.constant('text' as const),
    messageId: fc.constantFrom('m1', 'm2'),
    text: fc.oneof({ weight: 4, arbitrary: words }, fc.string({ unit: 'grapheme', maxLength: 60 })),
  });
  const forged: fc.Arbitrary<EventBody> = fc
    .tuple(
      fc.constantFrom('a', 'o', 'r', 'm', 'w', 'c'),
      fc.array(fc.oneof(names, fc.string({ maxLength: 8 })), { maxLength: 4 }),
    )
    .map(([key, parts]) => ({ kind: 'postback', data: `${key}=${parts.join('.')}&s=abc` }));
  const other: fc.Arbitrary<EventBody> = fc.oneof(
    fc.record({
      kind: fc.constant('media' as const),
      messageId: fc.constant('m'),
      media: fc.constantFrom('sticker', 'image', 'audio', 'location', 'unknown'),
    }),
    fc.record({ kind: fc.constant('unsend' as const), messageId: fc.constantFrom('m1', 'm2') }),
    fc.record({ kind: fc.constant('follow' as const), returning: fc.boolean() }),
  );
  /** An event, or a tap on one of the buttons that are there by then, and how long it takes to come. */
  const move = fc.record({
    body: fc.oneof(
      { weight: 4, arbitrary: text },
      { weight: 1, arbitrary: forged },
      { weight: 1, arbitrary: other },
    ),
    tap: fc.option(fc.nat(200), { nil: undefined, freq: 2 }),
    picked,
    passedMs: fc.constantFrom(0, 1000, 60_000, 7 * 3_600_000, 25 * 3_600_000),
  });

  test('there is always an answer that LINE takes, and a state that can be read back', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 12 }), (moves) => {
        const chat = startChat();
        for (const { body, tap, picked: day, passedMs } of moves) {
          chat.nowMs += passedMs;
          const button = tap === undefined ? undefined : chat.seen.at(-1 - (tap % 20));
          const heard = chat.happen(
            button
              ? { kind: 'postback', data: button.data, ...(day ? { picked: day } : {}) }
              : body,
          );
          expect(faultsOf(heard, chat.nowMs)).toEqual([]);
          const silent = !button && body.kind === 'unsend';
          expect(heard.said.length > 0).toBe(!silent);
          expect(chat.state() === undefined).toBe(heard.turn.state === null);
          const places = heard.said.map((place) => place.split('.'));
          for (const [dialog = '', node = ''] of places) {
            expect(Object.keys(bundle().content.messages[dialog]?.nodes ?? {})).toContain(node);
          }
        }
      }),
      { numRuns: 40, seed: 20261121 },
    );
    expect(dirtyPrototypes()).toEqual([]);
  }, 30_000);
});
