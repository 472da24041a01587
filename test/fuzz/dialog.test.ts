import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventBody } from '../../src/dialog/event.ts';
import { matchAnswer } from '../../src/dialog/match-answer.ts';
import { decode, encode } from '../../src/dialog/postback.ts';
import { type State, readState } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';
import { startOf } from '../../src/japan-time.ts';
import { readDay, readMoment } from '../../src/dialog/when.ts';
import { createGuard } from '../../src/safety/guard.ts';
import { redact } from '../../src/safety/redact.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';
import { PATIENCE_MS, anyText, dirtyPrototypes, times, treacherous } from './fuzz.ts';

const { content, letters } = bundle();
const guard = createGuard(content.facts);

function turnOf(state: State | undefined, id: string, body: EventBody) {
  const event = { id, owner: 'U1', timestampMs: TEST_DAY_MS, receivedMs: TEST_DAY_MS, body };
  return step(content, state, event, TEST_DAY_MS);
}

const dialogs = Object.keys(content.dialogs);
const nodes = Object.values(content.dialogs).flatMap((dialog) => Object.keys(dialog.nodes));
const name = fc.oneof(fc.constantFrom(...dialogs), fc.constantFrom(...nodes), treacherous, anyText);

/** Buttons that are real, nearly real, from long ago, or made up. */
const postbackData = fc.oneof(
  fc.tuple(name, name, name, name).map(([a, b, c, s]) => `a=${a}.${b}.${c}&s=${s}`),
  fc.tuple(name, name, name).map(([a, b, c]) => `r=${a}.${b}.${c}`),
  fc.tuple(name, name, name).map(([a, b, s]) => `w=${a}.${b}&s=${s}`),
  fc.tuple(fc.constantFrom('c', 'o', 'm'), name).map(([key, value]) => `${key}=${value}`),
  anyText,
);

const happening: fc.Arbitrary<EventBody> = fc.oneof(
  anyText.map((text): EventBody => ({ kind: 'text', messageId: 'm', text })),
  fc
    .tuple(postbackData, fc.option(anyText, { nil: undefined }))
    .map(([data, picked]): EventBody => ({
      kind: 'postback',
      data: data.slice(0, 300),
      ...(picked === undefined ? {} : { picked }),
    })),
  fc.constantFrom<EventBody>(
    { kind: 'media', messageId: 'm', media: 'sticker' },
    { kind: 'follow', returning: true },
    { kind: 'unsend', messageId: 'm' },
    { kind: 'burst', count: 3 },
    { kind: 'reminder', reminderId: '__proto__', dueMs: TEST_DAY_MS },
  ),
);

test(
  'a conversation of anything: each turn can be said, and its state can be read again',
  () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 6 }), (happenings) => {
        let state: State | undefined;
        for (const [index, body] of happenings.entries()) {
          const turn = turnOf(state, `01FUZZ${index}`, body);
          const { messages } = letters.render(turn.replies, TEST_DAY_MS);
          expect(messages.length).toBeLessThanOrEqual(5);
          state = readState(JSON.parse(JSON.stringify(turn.state)));
          expect(state === undefined).toBe(turn.state === null);
        }
        expect(JSON.stringify(state ?? null).length).toBeLessThan(40_000);
      }),
      times(250),
    );
    expect(dirtyPrototypes()).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'postback data is one of our own actions, or none',
  () => {
    fc.assert(
      fc.property(postbackData, (data) => {
        const action = decode(data);
        expect(action && decode(encode(action))).toEqual(action);
      }),
      times(5000),
    );
    expect(dirtyPrototypes()).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'any text can be understood, matched, masked, compared and guarded',
  () => {
    const options = [
      { id: 'found', label: '見つかった', say: ['あった'] },
      { id: 'missing', label: 'まだない' },
    ];
    const decisions = ['open', 'choose', 'none', 'command'];
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decisions).toContain(content.understand(text).decision);
        const match = matchAnswer(text, options);
        expect(['found', 'missing']).toContain(match && 'id' in match ? match.id : 'missing');
        const masked = redact(text);
        expect(masked.text.length).toBeLessThanOrEqual(text.length * 2 + 50);
        for (const { found } of guard.check(text)) expect(typeof found).toBe('string');
        content.assess(text);
      }),
      times(500),
    );
    expect(dirtyPrototypes()).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'a date that is read is a day of the calendar, and a moment is a time',
  () => {
    const digits = fc.array(
      fc.constantFrom(
        ...'0123456789０９/-.:年月日時分前後半',
        '先週',
        '月曜',
        '昨日',
        '午後',
        '週間',
        'か月',
      ),
      { maxLength: 14 },
    );
    const dates = fc.oneof(
      digits.map((parts) => parts.join('')),
      anyText,
    );
    fc.assert(
      fc.property(dates, fc.boolean(), (text, past) => {
        const day = readDay(text, TEST_DAY_MS, past);
        expect(startOf(day ?? '2026-11-21')).toEqual(expect.any(Number));
        const moment = readMoment(text, TEST_DAY_MS);
        expect(Number.isFinite(moment ?? 0)).toBe(true);
      }),
      times(5000),
    );
  },
  PATIENCE_MS,
);
