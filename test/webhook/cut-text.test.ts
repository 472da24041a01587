import { assert, integer, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { cutText } from '../../src/webhook/cut-text.ts';

it.each([
  ['a short text', 'こんにちは', 10, 'こんにちは'],
  ['a long one', 'こんにちは', 3, 'こんに'],
  ['an emoji at the end', 'ab😀', 3, 'ab'],
  ['a family at the end', `${'a'.repeat(300)}👨‍👩‍👧‍👦`, 305, 'a'.repeat(300)],
  ['a letter and its mark', 'かか\u3099', 2, 'か'],
  ['marks without end', `a${'\u0301'.repeat(600)}`, 400, `a${'\u0301'.repeat(399)}`],
  ['half an emoji', 'a\uD83E', 10, 'a\uFFFD'],
])('%s', (_name, text, max, expected) => {
  expect(cutText(text, max)).toBe(expected);
});

it('is never longer than asked, well-formed, and nothing but the beginning', () => {
  const anything = string({ unit: 'grapheme', minLength: 0, maxLength: 600 });
  assert(
    property(anything, integer({ min: 0, max: 600 }), (text, max) => {
      const cut = cutText(text, max);
      expect(cut.length).toBeLessThanOrEqual(max);
      expect(cut.isWellFormed()).toBe(true);
      expect(text.toWellFormed().startsWith(cut)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
