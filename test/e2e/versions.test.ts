import { describe, expect, test } from 'vitest';
import type { Event, EventBody } from '../../src/dialog/event.ts';
import { type State, freshState, readState, toStore } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';

/*
 * During a deploy an old and a new instance serve the same users side by side, and a rollback lets the old one read
 * what the new one wrote. The rule for changes: a field is only ever added, and is optional; what cannot be told that
 * way raises `v`, and then a conversation begins anew with a kind word instead of going wrong.
 */

const { content } = bundle();
let events = 0;

function eventOf(body: EventBody): Event {
  const id = `01VERSION${events++}`;
  return { id, owner: 'U1', timestampMs: TEST_DAY_MS, receivedMs: TEST_DAY_MS, body };
}

const say = (state: State | undefined, text: string) =>
  step(content, state, eventOf({ kind: 'text', messageId: 'm', text }), TEST_DAY_MS);

/** As the store keeps it. */
const stored = (state: unknown): unknown => JSON.parse(JSON.stringify(state));
const written = (state: State): unknown => stored(toStore(state));

describe('two versions side by side', () => {
  const begun = say(undefined, '配達済みなのに届いていません').state;

  test('what a newer version added is no hindrance: the conversation goes on where it was', () => {
    const newer = { ...begun, mood: 'new field', answers: { ...begun?.answers, extra: 'x' } };
    const read = readState(stored(newer));
    expect(read).toMatchObject({ dialog: begun?.dialog, node: begun?.node });
    expect(say(read, '2').state).toMatchObject({ dialog: begun?.dialog });
  });

  test('what is empty is not stored, and is read as empty', () => {
    if (!begun) throw new Error('No conversation has begun.');
    const { session, answers, at, dialog, node } = begun;
    expect(written(begun)).toEqual({ v: 1, session, answers, at, dialog, node });
    expect(readState(written(begun))).toEqual(begun);
  });

  test('what is not empty is stored as it is', () => {
    const full: State = {
      ...freshState('01VERSIONFULL', TEST_DAY_MS),
      slots: { order: { value: '123-1234567-1234567', atMs: TEST_DAY_MS, messageId: 'm' } },
      trail: [['delivered-missing.places']],
      stack: ['delivered-missing.reach'],
      misses: 1,
    };
    expect(readState(written(full))).toEqual(full);
  });

  test('what an older version stored although it is empty is read all the same', () => {
    expect(readState(stored(begun))).toEqual(begun);
  });

  test('a shape that this version does not know begins a new conversation, and says no wrong thing', () => {
    for (const unknown of [{ ...begun, v: 2 }, { v: 1 }, [], 'x', 7, { ...begun, trail: 'gone' }]) {
      const read = readState(stored(unknown));
      expect(read).toBeUndefined();
      const turn = say(read, '2');
      expect(turn.replies.length).toBeGreaterThan(0);
      expect(turn.state).toMatchObject({ v: 1 });
    }
  });

  test('a place that only the other version has leads to the menu with a kind word', () => {
    const elsewhere = { ...begun, dialog: 'topic-of-tomorrow', node: 'ask', trail: [['x.y']] };
    const turn = say(readState(stored(elsewhere)), '2');
    expect(turn.replies.length).toBeGreaterThan(0);
    expect(turn.state?.dialog).not.toBe('topic-of-tomorrow');
  });

  test('a button of the other version is explained, and the question stays', () => {
    const data = `a=topic-of-tomorrow.ask.yes&s=${begun?.session}`;
    const turn = step(
      content,
      begun ?? undefined,
      eventOf({ kind: 'postback', data }),
      TEST_DAY_MS,
    );
    expect(turn.replies[0]).toMatchObject({ dialog: 'system', node: 'gone-button' });
    expect(turn.state).toMatchObject({ dialog: begun?.dialog, node: begun?.node });
  });

  test('an event of a kind that only the newer version knows is given back, not dropped', () => {
    const known = eventOf({ kind: 'follow', returning: false });
    const foreign: Event = { ...known, body: JSON.parse('{"kind":"of tomorrow"}') };
    expect(() => step(content, begun ?? undefined, foreign, TEST_DAY_MS)).toThrow(/no such event/);
  });
});
