import { describe, expect, test } from 'vitest';
import { createRender } from '../../src/message/render.ts';
import { ratio } from '../support/contrast.ts';
import { NOW_MS, samplesByKind, words } from './samples.ts';

const render = createRender(words);
const YEARS_LATER_MS = NOW_MS + 2 * 365 * 86_400_000;
type Part = { [key: string]: unknown };

type Pair = { what: string; ink: string; ground: string };

function pairs(part: unknown, ground: string): { texts: Pair[]; edges: Pair[] } {
  const found = { texts: [] as Pair[], edges: [] as Pair[] };
  const visit = (value: unknown, below: string): void => {
    if (Array.isArray(value)) return value.forEach((inner) => visit(inner, below));
    if (typeof value !== 'object' || value === null) return;
    const one = value as Part;
    const here = typeof one['backgroundColor'] === 'string' ? one['backgroundColor'] : below;
    if (one['type'] === 'text')
      found.texts.push({ what: String(one['text']), ink: String(one['color']), ground: here });
    if (typeof one['borderColor'] === 'string')
      found.edges.push({ what: 'border', ink: one['borderColor'], ground: below });
    Object.values(one).forEach((inner) => visit(inner, here));
  };
  visit(part, ground);
  return found;
}

describe.each(Object.entries(samplesByKind))('colours of the card %s', (_name, sample) => {
  const drawn = [NOW_MS, YEARS_LATER_MS].flatMap((nowMs) => render([sample], nowMs));
  const { texts, edges } = pairs(
    drawn.map((message) => 'contents' in message && message.contents),
    '#FFFFFF',
  );

  test('texts reach 4.5:1 on their ground', () => {
    expect(texts.filter(({ ink, ground }) => !(ratio(ink, ground) >= 4.5))).toEqual([]);
  });

  test('edges of what can be tapped reach 3:1', () => {
    expect(edges.filter(({ ink, ground }) => !(ratio(ink, ground) >= 3))).toEqual([]);
  });
});

test('the tones differ in word and sign, not only in colour', () => {
  const { tones } = words.labels;
  expect(new Set(Object.values(tones).map(({ word }) => word)).size).toBe(3);
  expect(new Set(Object.values(tones).map(({ sign }) => sign)).size).toBe(3);
});
