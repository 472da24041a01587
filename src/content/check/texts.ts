import { own } from '../../dialog/content.ts';
import { SYSTEM } from '../../dialog/system.ts';
import { LABEL_VALUES, type Labels } from '../../message/labels.ts';
import type { Card, Message, Messages, Phrase, Variant } from '../../message/schema.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Path } from '../shape-faults.ts';
import type { Source } from '../source.ts';
import type { Draft, Report } from './report.ts';
import {
  type Fault,
  IN_TOPICS,
  inSystem,
  type Unsafe,
  factFaults,
  fixedFaults,
  textFaults,
} from './wording.ts';

/** Words that say a number or a link which is no live fact, promise too much, or name what is not there. */
export function checkTexts(draft: Draft, report: Report, unsafe: Unsafe): void {
  const facts = draft.facts.data;
  const tell = (source: Source, path: Path, faults: readonly Fault[]): void => {
    for (const { what, remedy } of faults) report('error', source, path, what, remedy);
  };
  const words = (source: Source, path: Path, text: string, may: readonly string[]): void =>
    tell(source, path, [...unsafe(text), ...textFaults(text, may, facts)]);
  const fixed = (source: Source, path: Path, text: string, given: readonly string[] = []): void =>
    tell(source, path, [...unsafe(text), ...fixedFaults(text, given)]);

  for (const [name, { source, data }] of draft.messages) {
    const may = ([, node]: Path) => (name === SYSTEM ? inSystem(String(node)) : IN_TOPICS);
    eachText(data, (path, text) =>
      isFixed(path) ? fixed(source, path, text) : words(source, path, text, may(path)),
    );
    forEachCard(data, (path, card) => {
      for (const id of card.facts ?? []) tell(source, [...path, 'facts'], factFaults(id, facts));
      if (card.kind === 'phrases')
        for (const id of card.phrases)
          tell(source, [...path, 'phrases'], phraseFaults(id, draft.phrases.data));
      if ('links' in card)
        for (const link of card.links ?? [])
          tell(source, [...path, 'links'], factFaults(link.fact, facts));
    });
  }
  for (const [id, { when, ja, en, kana }] of Object.entries<Phrase>(draft.phrases.data)) {
    fixed(draft.phrases.source, [id], when);
    for (const text of [ja, en ?? '', kana ?? ''])
      words(draft.phrases.source, [id], text, IN_TOPICS);
  }
  eachText(draft.labels.data, (path, text) => {
    fixed(draft.labels.source, path, text, own(LABEL_VALUES, path.join('.')));
  });
}

/** A title and the words of an answer go out as they stand. */
function isFixed([top, , part]: Path): boolean {
  return top === 'title' || part === 'answers';
}

function phraseFaults(id: string, phrases: Readonly<Record<string, Phrase>>): Fault[] {
  const known = Object.keys(phrases);
  if (known.includes(id)) return [];
  return [{ what: `「${id}」という phrase はありません。`, remedy: didYouMean(id, known) }];
}

/** Every text an editor wrote into a file of words or a part of it, with its path from there. */
export function eachText(
  data: Messages | Message | Labels,
  visit: (path: Path, text: string) => void,
): void {
  const walk = (path: Path, value: unknown): void => {
    if (typeof value === 'string') visit(path, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk([...path, key], inner);
    }
  };
  walk([], data);
}

function forEachCard(data: Messages, visit: (path: Path, card: Card) => void): void {
  for (const [name, message] of Object.entries<Message>(data.nodes)) {
    for (const [path, { card }] of variants(message)) {
      if (card) visit(['nodes', name, ...path, 'card'], card);
    }
  }
}

/** All the ways a message can read: one, or one per case and `else`. */
export function variants(message: Message): [Path, Variant][] {
  if (!('by' in message)) return [[[], message]];
  const cases = Object.entries(message.cases).map(([value, variant]): [Path, Variant] => [
    ['cases', value],
    variant,
  ]);
  return [...cases, [['else'], message.else]];
}
