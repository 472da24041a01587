import { expect, test } from 'vitest';
import type { EventBody } from '../../src/dialog/event.ts';
import { type State, readState } from '../../src/dialog/state.ts';
import { step } from '../../src/dialog/step.ts';
import { tally } from '../../src/dialog/tally.ts';
import { TEST_DAY_MS, bundle } from '../support/content.ts';

/** What a conversation adds to the counts, turn by turn. */
function countsOf(texts: readonly string[]): string[][] {
  let before: State | undefined;
  return texts.map((text, index) => {
    const body: EventBody = { kind: 'text', messageId: `m${index}`, text };
    const nowMs = TEST_DAY_MS + index;
    const id = `01TALLY000000000000000000${index}`;
    const event = { id, owner: 'U1', timestampMs: nowMs, receivedMs: nowMs, body };
    const turn = step(bundle().content, before, event, nowMs);
    const counts = tally(before, event, turn);
    before = readState(turn.state);
    return counts;
  });
}

test('a topic counts as opened once, as finished at its end, and as solved when the user says so', () => {
  const counts = countsOf(['配達済みなのに荷物がない', '見つかった']).flat();
  expect(counts.filter((name) => name === 'opened:delivered-missing')).toHaveLength(1);
  expect(counts).toContain('asked:delivered-missing.places');
  expect(counts).toContain('finished:delivered-missing');
});

test('giving up is not finishing', () => {
  expect(countsOf(['返品したい', 'やめる']).flat()).not.toContain('finished:return-refund');
});

test('a text that is not understood leaves its script and length, never itself', () => {
  const [counts = []] = countsOf(['ふがふがもごもご']);
  expect(counts).toContain('unmatched:kana:10');
  expect(counts.join(' ')).not.toContain('ふが');
});
