import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Action, COMMANDS, decode, encode } from '../../src/dialog/postback.ts';

const part = fc.stringMatching(/^[a-z0-9-]{1,40}$/);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant('answer' as const),
    dialog: part,
    node: part,
    answer: part,
    session: part,
  }),
  fc.record({ kind: fc.constant('open' as const), dialog: part }),
  fc.record({ kind: fc.constant('resume' as const), dialog: part, node: part, answer: part }),
  fc.record({
    kind: fc.constant('reminder' as const),
    id: part,
    act: fc.constantFrom('show', 'withdraw', 'change', 'exact'),
  }),
  fc.record({
    kind: fc.constant('outcome' as const),
    topic: part,
    matter: part,
    outcome: fc.constantFrom('done', 'not-yet', 'snooze'),
  }),
  fc.record({ kind: fc.constant('command' as const), command: fc.constantFrom(...COMMANDS) }),
);

describe('the data of a button', () => {
  test('comes back as the action it was made of, and fits into what LINE takes', () => {
    fc.assert(
      fc.property(action, (one) => {
        const data = encode(one);
        expect(data.length).toBeLessThanOrEqual(300);
        expect(data).toMatch(/^[ -~]+$/);
        expect(decode(data)).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    '',
    'x',
    'c=',
    'c=drop-everything',
    'o=',
    'o=../../etc/passwd',
    'o=__proto__',
    'a=menu.top.more',
    'a=menu.top&s=abc',
    'a=menu.top.more.extra&s=abc',
    'a=menu.top.<b>&s=abc',
    'm=abc.explode',
    'm=.withdraw',
    'w=menu.done',
    'w=menu.perhaps&s=abc',
    `o=${'a'.repeat(41)}`,
    `c=menu&${'x'.repeat(300)}`,
    '\u0000\uFFFF%E0%A4%A',
  ])('「%s」 is none of ours', (data) => {
    expect(decode(data)).toBeUndefined();
  });
});
