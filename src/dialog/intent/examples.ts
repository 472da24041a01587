import type { IntentSource } from '../intent-schema.ts';
import { alternatives } from './alternatives.ts';

/** A sentence of intents.yaml and what it means: one id, or two for two issues in one message. */
export type Example = { text: string; ids: readonly string[] };

/** More combinations of one line add work, not knowledge. */
const MOST_OF_A_LINE = 3;

export function examplesOf(section: Readonly<Record<string, string>>): Example[] {
  return Object.entries(section).flatMap(([id, lines]) =>
    sentences(lines).map((text) => ({ text, ids: [id] })),
  );
}

/** Lines of the form `文 → topic, topic`. */
export function severalOf(source: IntentSource): Example[] {
  return sentences(source.several).flatMap((line) => {
    const [text = '', ids = ''] = line.split('→');
    const named = ids.split(',').map((id) => id.trim());
    return named.every((id) => Object.hasOwn(source.topics, id)) ? [{ text, ids: named }] : [];
  });
}

export function sentences(lines: string): string[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => alternatives(line, MOST_OF_A_LINE));
}
